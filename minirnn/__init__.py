"""minirnn: modern recurrent networks from scratch, as a course and a small library.

Most of it hangs on one line, `h_t = a_t * h_{t-1} + b_t`: what differs between linear recurrences is only
how `a_t` and `b_t` are made. Import what you need from its module, for example
`from minirnn.scan import scan` or `from minirnn.lm import LanguageModel`; importing `minirnn`
itself loads nothing heavy. It does tell torch's threads how to wait (`minirnn.base.threads`), so import it
before torch.
"""

from minirnn.base import threads

__version__ = "0.1.0"

threads.set_patience()
