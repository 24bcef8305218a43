"""Other languages: which texts there are, what a catalogue says in their place, and the handbook in another language.

Comes in: a handbook in English, and the catalogues of a language. Goes out: the same handbook with the texts of the
catalogues, and which of its texts are still in another language. `words.py` alone knows Babel's extraction, and is
needed by a command only.
"""
