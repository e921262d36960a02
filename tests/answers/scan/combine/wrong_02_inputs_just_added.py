# verdict: wrong
# what: Adds the two inputs as if the later step did not multiply what the earlier one put in.
# diagnosis: After the first step its input is part of h, so the second step multiplies it by its decay too.
# told: mistake inputs_just_added
def combine(first: tuple[float, float], then: tuple[float, float]) -> tuple[float, float]:
    decay = first[0] * then[0]
    total_input = first[1] + then[1]
    return decay, total_input
