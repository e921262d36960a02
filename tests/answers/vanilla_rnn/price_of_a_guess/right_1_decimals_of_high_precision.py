# verdict: right
# what: the decimal module takes exp(1000) and exp(-1000) without overflow, with 60 digits, so no shift is needed.
# diagnosis: none
from decimal import Context, Decimal

import math


def price_of_a_guess(logits: list[float], symbol: int) -> float:
    ctx = Context(prec=60, Emax=999999, Emin=-999999)
    total = Decimal(0)
    for v in logits:
        total = ctx.add(total, ctx.exp(Decimal(float(v))))
    return float(ctx.subtract(ctx.ln(total), Decimal(float(logits[symbol]))))
