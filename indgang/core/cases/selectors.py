"""What one can ask about cases. Personal data only for a viewer with a purpose, and only after the access log."""

from indgang.core.cases.deadlines import working_days_after as working_days_after
from indgang.core.cases.lists import case_rows as case_rows
from indgang.core.cases.lists import cases_of_person as cases_of_person
from indgang.core.cases.lists import search_cases as search_cases
from indgang.core.cases.numbering import normal_number as normal_number
from indgang.core.cases.opening import setting_of as setting_of
from indgang.core.cases.pages import case as case
from indgang.core.cases.pages import open_steps_of as open_steps_of
from indgang.core.cases.pages import step as step
from indgang.core.cases.reaching import reached as reached
from indgang.core.cases.rights import may_see as may_see
