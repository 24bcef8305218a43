"""Rules that span files, one small generator each; its docstring is the rule that readers see.

Comes in: a handbook and the sources it was read from. Goes out: a `Problem` for each place that breaks a rule.
"""
