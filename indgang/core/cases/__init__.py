"""Cases on the OIO model: parties, documents, steps, hearings, decisions, deadlines and access to documents."""
