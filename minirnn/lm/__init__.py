"""Language models: tokens in, logits out, in whole windows or token by token. In the order to read them:

stack.py       embedding, blocks, head: what our models and the published ones share
model.py       LanguageModel, made as an LMConfig says; the config of a preset (of minirnn/presets.py)
generate.py    text from a model, a token at a time
evaluate.py    its loss on a text, in windows or with the state carried
pretrained/    published weights, read into the same stack
"""

from minirnn.lm.model import MIXERS, LanguageModel, LMConfig, preset_config

__all__ = ["MIXERS", "LMConfig", "LanguageModel", "preset_config"]
