"""Who and what carries a Roman numeral in English."""

from earmark.spoken.locales import words

MONARCHS = words(
    """Henry Elizabeth Louis George Charles Edward James Richard William Mary Philip Paul Benedict Pius Leo
    Innocent Napoleon Nicholas Catherine Alexander Peter Frederick Wilhelm Otto Ramses Rameses Ptolemy Darius
    Xerxes Cleopatra Harald Haakon Olav Christian Gustav Carl Ferdinand Alfonso Carlos Juan Pedro João Ivan
    Malcolm Robert Kenneth David Victor Umberto Leopold Baudouin Albert Francis Franz Joseph Maximilian Rudolf
    Sigismund Constantine Justinian Theodosius Clement Gregory Urban Boniface Celestine Sixtus Julius Adrian
    Eugene Martin Anne Jane Isabella Joan Margaret Margrethe Wilhelmina Beatrix Mohammed Muhammad Hassan Hussein
    Abdullah Abdul Mehmed Suleiman Selim Murad Mustafa Faisal Farouk Tutankhamun Thutmose Amenhotep Seti Rama
    Bhumibol Shah Jahan Akbar Casimir Sigismund Stanislaw Stephen Michael Boris Simeon Alexios Basil Manuel Leka
    Zog Rainier Hans-Adam Felipe Willem-Alexander Alexandra Olaf Magnus Eric Erik Sweyn Cnut Harold Llywelyn
    Alphonse Edmund Stephen Emmanuel Vittorio Amadeus Manuel"""
)
NUMBERED_NOUNS = words(
    """War Chapter Act Part Volume Vol Book Section Article Title Phase Type Stage Class Level Bowl Episode Scene
    Grade Schedule Appendix Annex Unit Module Table Figure Fig Mark Mk Canto Psalm Rocky Fantasy Wars Saturn
    Olympiad Superbowl Category Tier Group Division Region Zone Corps Army chapter act part volume book section
    article phase type stage class level episode scene grade schedule appendix annex unit module table figure
    canto tier group division category Series Symphony Concerto Sonata Godfather Apollo Gemini Vatican Factor
    SALT START Henry"""
) - frozenset({"Factor", "Henry"})
