"""How values of the tables are written for readers."""

TYPE_WORDS = {"vague_source": "vague source", "non_confirmation": "non-confirmation"}
ROLE_WORDS = {"agent": "acts", "patient": "is acted on", "agentless": "passive, no agent"}
