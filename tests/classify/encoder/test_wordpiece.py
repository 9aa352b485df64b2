"""Words are cut as the network's own tokenizer cuts them, and every piece says where it stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.classify.encoder.wordpiece import WordPiece

WORDS = (
    "[PAD] [UNK] [CLS] [SEP] nordhaven hires ex - its ' s ##tead home ##s $ 5 ##00 bill ##ion cafe 数 据 head ing ##ing".split()
)
PIECES = WordPiece({word: n for n, word in enumerate(WORDS)})


def cut(text: str, most: int = 64) -> list[str]:
    return [WORDS[n] for n in PIECES.pieces(text, most).ids]


def test_words_are_cut_into_the_longest_pieces_and_marks_stand_alone() -> None:
    assert cut("Nordhaven hires ex-Homestead's heading") == [
        *("[CLS]", "nordhaven", "hires", "ex", "-", "home", "##s", "##tead", "'", "s", "head", "##ing", "[SEP]")
    ]


def test_what_cannot_be_cut_is_unknown_as_a_whole() -> None:
    assert cut("hires zebra homez") == ["[CLS]", "hires", "[UNK]", "[UNK]", "[SEP]"]
    assert cut("home" + "s" * 200) == ["[CLS]", "[UNK]", "[SEP]"]


def test_case_accents_and_invisible_characters_go_and_chinese_characters_stand_alone() -> None:
    assert cut("CAFÉ cafe\u0301 ca\u200bfe") == ["[CLS]", "cafe", "cafe", "cafe", "[SEP]"]
    assert cut("数据") == ["[CLS]", "数", "据", "[SEP]"]
    assert cut("$500 billion") == ["[CLS]", "$", "5", "##00", "bill", "##ion", "[SEP]"]


def test_pieces_stand_where_they_say() -> None:
    text = "Nordhaven hires “Café” homes"
    found = PIECES.pieces(text, 64)
    stands = [text[a:b] for a, b in zip(found.starts, found.ends, strict=True)]
    assert stands == ["", "Nordhaven", "hires", "“", "Café", "”", "home", "s", ""]


def test_no_more_than_asked_for() -> None:
    assert cut("hires hires hires hires", 4) == ["[CLS]", "hires", "hires", "[SEP]"]
    assert cut("homes hires", 3) == ["[CLS]", "home", "[SEP]"]


@given(st.text(max_size=80))
def test_any_text_has_pieces_in_order_within_it(text: str) -> None:
    found = PIECES.pieces(text, 40)
    inner = list(zip(found.starts, found.ends, strict=True))[1:-1]
    assert len(found.ids) == len(found.starts) == len(found.ends) <= 40
    assert all(0 <= a < b <= len(text) for a, b in inner)
    assert [a for a, _ in inner] == sorted(a for a, _ in inner)
