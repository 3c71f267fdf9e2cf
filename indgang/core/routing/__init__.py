"""One work queue for every medium: what waits, who may take it, and who is offered it.

Five words: *work item* (waits for a person with a competence), *offer* (an item held out to one agent for a while),
*agent state*, *claim* (the conditional statement that makes an offer real), *dispatcher* (the process that offers).
"""
