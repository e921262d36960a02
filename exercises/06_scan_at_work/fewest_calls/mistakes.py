"""What goes wrong when the length of a block is chosen, and other ways to get it right."""

from math import isqrt


def _best(seq_len, calls, lengths=None):
    """(block, calls) with the fewest calls, the shortest of equals."""
    best = min(range(1, seq_len + 1) if lengths is None else lengths, key=calls)
    return best, calls(best)


def _calls(seq_len):
    return lambda block: 2 * block + -(-seq_len // block) - 2


def blocks_rounded_down(seq_len):
    """You round the number of blocks down. The steps that are left over are a block, too, only a shorter
    one."""
    return _best(seq_len, lambda block: 2 * block + seq_len // block - 2)


def longest_of_equals(seq_len):
    """Of several lengths that are equally good you return the longest. The shortest is asked for: replace the
    best so far only by a better one."""
    calls = _calls(seq_len)
    return _best(seq_len, lambda block: (calls(block), -block))[0], calls(_best(seq_len, calls)[0])


def root_not_searched(seq_len):
    """You take the root of T / 2, rounded. That is where the formula without rounding is smallest; the number
    of blocks is a whole number, so look at the lengths around it."""
    block = max(1, round((seq_len / 2) ** 0.5))
    return block, _calls(seq_len)(block)


def root_of_all(seq_len):
    """You take as many blocks as steps in a block. A step of a block costs two calls, in the first part and
    in the third, and a block only one: so blocks should be shorter."""
    block = max(1, isqrt(seq_len))
    return block, _calls(seq_len)(block)


def carry_forgotten(seq_len):
    """You leave out the calls of the carry. Without them blocks of one step would be best, and the second
    part would have all the work."""
    return _best(seq_len, lambda block: 2 * block - 1)


def walked_once(seq_len):
    """You count one walk through the blocks. There are two, one to summarise and one to fill in."""
    return _best(seq_len, lambda block: block + -(-seq_len // block) - 1)


def one_call_too_many(seq_len):
    """You count one call too many. The first step of a block is joined with nothing, so the summary has one
    call fewer than a block has steps; and nobody starts from the end of the last block, so the carry has one
    fewer than there are blocks."""
    return _best(seq_len, lambda block: 2 * block - 1 + -(-seq_len // block))


def nothing_taken_away(seq_len):
    """You count a call for every step and every block. The first step of a block needs no join, and neither
    does the last block in the carry: that is two fewer."""
    return _best(seq_len, lambda block: 2 * block + -(-seq_len // block))


def only_even_blocks(seq_len):
    """You try only lengths that divide T. The last block may be shorter."""
    return _best(seq_len, _calls(seq_len), [n for n in range(1, seq_len + 1) if seq_len % n == 0])


def stopped_at_the_first_rise(seq_len):
    """You stop at the first length that is no better than the one before. The number of blocks is rounded, so
    the calls go up and down near the best: try all lengths."""
    calls, block = _calls(seq_len), 1
    while block < seq_len and calls(block + 1) < calls(block):
        block += 1
    return block, calls(block)


def calls_for_each_block(seq_len):
    """You count the calls of the first and the third part once for each block. All blocks are walked side by
    side, so one call serves one step of every block."""
    return _best(seq_len, lambda block: -(-seq_len // block) * 2 * block - 1)


def number_of_blocks(seq_len):
    """You return the number of blocks. The length of a block is asked for: how many steps it has."""
    block, calls = _best(seq_len, _calls(seq_len))
    return -(-seq_len // block), calls


def pair_reversed(seq_len):
    """You return (calls, block). The length of a block comes first."""
    return _best(seq_len, _calls(seq_len))[::-1]


def one_left_out(seq_len):
    """You do not try blocks of one step. For two or three steps they are the best: that is the loop."""
    return _best(seq_len, _calls(seq_len), range(min(2, seq_len), seq_len + 1))


def right_with_a_loop(seq_len):
    """Keeps the best so far, as far as the root of T, beyond which nothing gets better."""
    best = (seq_len, 1)
    for block in range(1, isqrt(seq_len) + 2):
        blocks = (seq_len - 1) // block + 1
        total = 2 * (block - 1) + blocks
        if total < best[0] and block <= seq_len:
            best = (total, block)
    return [best[1], best[0]]


def right_around_the_root(seq_len):
    """Looks only around the root of T / 2."""
    middle, reach = isqrt(seq_len // 2), 4 + 2 * isqrt(isqrt(seq_len))
    calls = _calls(seq_len)
    lengths = range(max(1, middle - reach), min(seq_len, middle + reach) + 1)
    return _best(seq_len, calls, lengths)
