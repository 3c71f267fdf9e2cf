"""The desk on which the service is set up and watched (/administration, /ledelse).

Five words: *setting* (a thing somebody may change by hand), *change* (one setting, before and after, who and when),
*undo* (the setting put back by the same service), *gap* (a group fewer people cover than it needs), *attention* (what
stopped and waits for a person).
"""
