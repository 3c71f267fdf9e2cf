"""Who may do and see what: staff login, roles, authorisations, the rights policy, purpose and the access log.

Five words: *account* (a staff login), *authorisation* (task or group x level x period), *scope* (what an actor may
see and do now), *purpose* (the open contact or case, or a stated reason), *look* (a row of the access log).
"""
