"""Words said in nearly every inquiry: they say that somebody writes or asks, not what about.

PostgreSQL's stop words are left out of the search altogether; these still count a little, as a phrase may need them.
"""

DANISH = """
    hej goddag dav kære tak venlig venligst venlige hilsen hilsner mvh vh spørgsmål spørge spørger spurgt
    vedrørende vedr angående ang sag sagen sager hjælp hjælpe hjælper gerne vide ved vidst brug bruge bruger
    behov noget nogen nogle ting tingene problem problemer snakke snakker tale taler kontakte kontakt
    henvendelse skriver skrive skrevet kommune kommunen jer jeres lige bare altså faktisk finde finder gøre
    gør gjort sker ske måde information info oplysninger hurtigt snart god godt gode kan kunne få får fik fået
    hvornår hvordan hvorfor hvilken hvilket hvilke hvem hvorhen sige siger sagt sagde høre hører hørt se ser
    set kommer komme kommet kom går gå gået gik står stå stået lidt meget mere mest helt hel hele hver hvert
    lave laver lavet tid tiden siden sted steder stedet ja nej nu altid aldrig allerede endnu stadig igen
    længe længere også selv selvom måske ellers derfor fordi hvis når da så kun tror tro troet tænker synes
    mener mente må måtte bør burde ønsker ønske give giver givet gav tage tager taget tog sende sender sendt
    ringe ringer ring fortælle forklare svar svare svarer dag dage uge uger måned måneder år i morgen næste
    sidste første anden andet andre samme forskellige rigtig rigtigt forkert forkerte mulig muligt muligheder
    mulighed muligvis nødvendig skulle vil ville vores deres hendes hans sin sit sine egen eget egne par
    omkring cirka mellem gennem imod uden inden nemlig jo vist dog sådan sådanne ligesom grund folk mand
    nogensinde virkelig
""".split()  # noqa: SIM905 (words read better as words)

ENGLISH = """
    please hello hi dear thanks thank regards question questions ask asking regarding concerning case matter
    help need needs needed want wants know something anything about problem problems talk contact municipality
    would like could can may might should must get gets got getting go goes going gone come comes coming make
    makes made take takes taking give given one two some any much many more most also still already again
    never always ever soon now today tomorrow yesterday day days week weeks month months year years way ways
    thing things place sure possible really find tell told say says said see seen think let us able whether
    since because someone anyone somebody people person new old good right wrong use used using call write
    wrote written answer information info happen happens
""".split()  # noqa: SIM905 (words read better as words)

WEAK = frozenset(DANISH) | frozenset(ENGLISH)
