"""The one screen of agents, counter staff and caseworkers (/arbejdsplads).

Five words: *own state* (ready, pause, away), *offer* (in its fixed place, never over what is typed), *work in hand*,
*conversation* (all that was said, the answer that saves itself), *outcome* (how the contact ended).

What journeys and other programs may hold on to (ids; labels and roles are the Danish ones of the page):
- bar: `#tag-naeste` (n), `#antal-ventende`, `.own-state-now`, `button[name=mode]`, `#tilstand-valg` (pause and its
  reasons)
- left: `#tilbud`, `#tag-tilbud` (a), `.work-list a[data-number]` (1-9, [ and ]), `#ny-telefon` (f), `#ny-fremmoede`
  (p),
  `#ny-brev` (b)
- middle: `#henvendelse` (the heading), `#besked` (call promised, who else is here), `#samtale`, `#svar` (r),
  `#svar-gemt`,
  `#send-svar` (Ctrl+Enter), `#send-og-afslut` (Ctrl+Shift+Enter), `#send-cpr`, `#fortryd-svar` (z), `#note` (i),
  `#gem-note`
- right: `#borger`, `#til-raadgiver`, `#find-borger` (c), `#fundne-borgere`, `#omkring-felt`, `#tidslinje-felt`,
  `.task-card` (k), `#find-opgave` (+), `#historik-felt`
- dialogs, one at a time in `dialog#dialog`, each also a page of its own at the link's address: `#vis-afslut` (e)
  opens
  `form#afslut` with `#resultat-<task>`, `#afslut-naeste`, `#afslut-knap`; `#vis-overdrag` (t) `form#overdrag` with
  `#til-hvem`, `#til-1`, `#overdrag-note`, `#overdrag-knap`; `#vis-opkald` (o) `form#opkald` or `form#ringet`;
  `#vis-udskyd` (u) `form#udskyd`; `#vent` (v); `#vis-materiale` (m) `form#materiale`; `#vis-klage` (x) `form#klage`;
  `#vis-oplysninger` (l) `form#oplysninger`; `#vis-standardsvar` (s); `#soeg-overalt` (/) `#soeg`; `#vis-genveje` (?)
- beside these: `#vis-eget` `form#betjeningssted`, `#to-trin`; `#vis-vent` `form#vent-paa`; `#vis-raadgiver`
  `form#raadgiver`;
  `#vis-fuldmagt` (in `#omkring-felt`) `form#fuldmagt`; `#vis-videregiv` `form#videregiv`; in `form#overdrag` also
  `#senest-dag`, `#senest-tid`, `#send-alligevel` (shown for a closed unit); on "Mine" `form#flere` with `#vaelg-1`,
  `#giv-flere` `form#giv-alle`, `#udskyd-flere` `form#udskyd-alle`
- places: g and a (desk), m (mine), k (queue), h (all), f (complaints), t (directory), p (post)
- cases: `#sag` (the heading), `#sagsnummer`, `#besked`, `#journal`, `#journal-q`, `form#notat` (`#gem-note`, i),
  `form#dokumenter` (`#filer`, d), `#vis-behandler`, `#vis-overdrag` (t), `#vis-specialist` (s), `#vis-henvis` (y),
  `#vis-indhent` (o), `#vis-hoering` (h), `#vis-udskyd` (u), `#vent` (v), `#vis-oplysninger` (l), `#vis-afslut` (e:
  decide, or close), `#vis-klage` (x); on the decision `form#afgoerelse`, `#gem-udkast`, `#klar`, `#se-brev`,
  `#afgoer`; in the list `a[data-row]` (j, k), `form#flere`, `#tildel-flere`, `#frist-flere`; on a contact
  `#vis-opret-sag` (d) `form#opret-sag`, `#vis-knyt-sag` `form#knyt`, `#sager-felt`; g and s leads to the list
"""
