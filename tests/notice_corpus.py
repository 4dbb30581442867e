"""Notices as outlets write them, and sentences that only look like one; invented.

Of each notice: its kind, words that `wrong` holds (or `right`, where nothing says what was wrong), and whether it
stands in the corrected article.
"""

TOLD = (
    (
        "Correction: April 16, 2031. An earlier version of this article misidentified the village "
        "that was shelled. It was Oshgar, not Ushtal.",
        ("correction", "Ushtal", True),
    ),
    (
        "An article on Monday about the fighting in the valley misstated the number of soldiers "
        "captured at Oshgar. It was 30, not 300.",
        ("correction", "300", False),
    ),
    (
        "This article was amended on 14 April 2031 to correct the number of dead. An earlier version "
        "said 45 people had been killed when 25 had.",
        ("correction", "45", True),
    ),
    (
        "• This article was amended on 14 April 2031. The town of Oshgar was not captured by the Hill"
        " Army, as an earlier version said.",
        ("correction", "", True),
    ),
    (
        "Editor's Note: This story has been corrected to reflect that the ceasefire begins on Friday, not Thursday.",
        ("correction", "Thursday", True),
    ),
    (
        "Correction: A previous version of this story stated that the Dawn Front had seized the "
        "airport. The group has not entered the airport.",
        ("correction", "airport", True),
    ),
    (
        "CORRECTION: We said in an earlier story that the governor had fled Oshgar. In fact, he remains in the town.",
        ("correction", "governor", False),
    ),
    (
        "(This April 14 story has been corrected to say 12 people were killed, not 20, in paragraph 1)",
        ("correction", "20", True),
    ),
    (
        "(Corrects paragraph 5 to show that the army retook the bridge on Sunday, not Saturday)",
        ("correction", "Saturday", True),
    ),
    (
        "(This version of the story corrects that the strike hit Karum instead of Oshgar)",
        ("correction", "Oshgar", True),
    ),
    (
        "The Karum Herald has withdrawn the story published on Monday saying that rebels had shot "
        "down a helicopter. The army has shown that none was lost.",
        ("retraction", "helicopter", False),
    ),
    (
        "RETRACTION: On April 12 the Karum Herald reported that the Hill Army had executed 14 "
        "prisoners at Oshgar. The report was false.",
        ("retraction", "prisoners", False),
    ),
    (
        "The story below has been withdrawn. It had said that rebels crossed the Una river.",
        ("retraction", "", True),
    ),
    (
        "EDITORS: Please kill the story slugged 'Velania-Fighting'. The source has withdrawn the account.",
        ("retraction", "", False),
    ),
    (
        "ADVISORY: The Karum Herald is withdrawing the alert that said the president had resigned. A "
        "corrected alert will follow.",
        ("retraction", "president", False),
    ),
    (
        "We have deleted an earlier tweet that said rebels had reached the capital. They have not.",
        ("retraction", "rebels had reached", False),
    ),
    (
        "An earlier version of this report mistakenly put the number of tanks destroyed at 15. The "
        "correct figure is five.",
        ("correction", "15", True),
    ),
    (
        "Clarification: An earlier headline on this story suggested that the army had surrendered "
        "Oshgar. Only one unit laid down its arms.",
        ("correction", "surrendered", True),
    ),
    (
        "The headline of this story has been corrected to make clear that the attack was repelled.",
        ("correction", "repelled", True),
    ),
    (
        "We incorrectly stated that the Dawn Front claimed the bombing. It was claimed by the Hill "
        "Army. We apologise for the mistake.",
        ("correction", "Dawn Front", False),
    ),
    (
        "The Karum Herald wrongly reported on Sunday that 60 civilians were killed in Oshgar. The "
        "hospital's figure was 16. The newspaper regrets the error.",
        ("correction", "60", False),
    ),
    (
        "Due to an editing error, a previous version of this story said the bridge had been blown up."
        " The story has been updated.",
        ("correction", "bridge", True),
    ),
    (
        "A sentence in this article saying that government forces used gas has been removed, as it "
        "could not be verified.",
        ("retraction", "gas", True),
    ),
    (
        "This post has been removed because the video that it showed was filmed in another war.",
        ("retraction", "", True),
    ),
    (
        "Correction: This article originally stated that the siege began in 2029. It began in 2030.",
        ("correction", "2029", True),
    ),
    (
        "CORRECTION: In an earlier version of this story, the Karum Herald reported that 200 fighters"
        " had defected. The number was 20.",
        ("correction", "200", True),
    ),
    (
        "Correction, 15 April: The article gave the wrong number of wounded. It was 40, not 14.",
        ("correction", "14", False),
    ),
    (
        "A report published on 12 April incorrectly said that Hill Army troops had entered Karum. "
        "They stopped outside the town. This has been corrected.",
        ("correction", "entered Karum", False),
    ),
    (
        "Corrections and clarifications: A story on Monday's front page gave an incorrect toll for "
        "the strike on Oshgar; 8 people died, not 18.",
        ("correction", "18", False),
    ),
    (
        "This report has been amended to remove a claim that the rebels held hostages.",
        ("correction", "hostages", True),
    ),
    (
        "(Story corrects dateline and number of dead in first paragraph to 9 instead of 19)",
        ("correction", "19", True),
    ),
    (
        "(Corrects to say the checkpoint was attacked by gunmen, not the army, paragraph 2)",
        ("correction", "army", True),
    ),
    (
        "(Refiles April 14 story to correct name of town to Oshgar from Ushtal in paragraph 1)",
        ("correction", "Ushtal", True),
    ),
    (
        'The Karum Herald retracts its story of April 13 headlined "Rebels seize oil port" because '
        "the account could not be confirmed.",
        ("retraction", "", False),
    ),
    (
        "The Karum Herald hereby withdraws its report that the convoy was bombed.",
        ("retraction", "convoy", False),
    ),
    (
        "Please note: our earlier story that the commander Marek Dun had been killed was incorrect. He is alive.",
        ("correction", "Marek Dun", False),
    ),
    (
        "Editor’s note: An earlier report on this page about the capture of Oshgar has been taken "
        "down after doubts about its source.",
        ("retraction", "capture of Oshgar", False),
    ),
    (
        "Our story yesterday that government troops had retaken the port was wrong. We apologise for the error.",
        ("correction", "port", False),
    ),
    (
        "NOTE: The Karum Herald has removed from its website a story about an alleged massacre at "
        "Oshgar. The story did not meet our standards.",
        ("retraction", "massacre", False),
    ),
    (
        "KILL KILL KILL Editors, do not use the story headlined 'Karum falls', sent at 1410. The town has not fallen.",
        ("retraction", "", False),
    ),
    (
        "Withdrawn: the 0900 item reporting that rebels had crossed the Una. It was based on a hoax account.",
        ("retraction", "Una", False),
    ),
    (
        "This article previously said that the airport was under rebel control. The army holds it.",
        ("correction", "airport", True),
    ),
    (
        "Yesterday we published a report that said two helicopters were shot down. Only one was lost."
        " We regret the error.",
        ("correction", "two helicopters", False),
    ),
    (
        "An earlier version of this story misspelled the name of the commander and misstated the date"
        " of the attack, which took place on Sunday.",
        ("correction", "date", True),
    ),
    (
        "A photo caption with an article on Sunday misidentified the town. It is Oshgar, not Karum.",
        ("correction", "", False),
    ),
    (
        "It was incorrectly reported in yesterday's edition that 12 villages had been lost. Two were lost.",
        ("correction", "12 villages", False),
    ),
    (
        "In our report of 13 April we said that the Dawn Front had signed the truce. It has not. We "
        "are happy to correct the record.",
        ("correction", "truce", False),
    ),
    (
        "A correction was made on April 16, 2031: An earlier version of this article described "
        "incorrectly the town of Oshgar. It is held by the Hill Army, not the government.",
        ("correction", "government", True),
    ),
    (
        "Correction (April 15): Because of a translation error, a previous version of this dispatch "
        "gave 70 as the number of prisoners exchanged. It was 17.",
        ("correction", "70", True),
    ),
    (
        "This article has been corrected. It previously stated that government forces had recaptured the dam.",
        ("correction", "dam", True),
    ),
    (
        "In an April 12 story about the shelling of Karum, the Karum Herald reported erroneously that"
        " the hospital had been destroyed. It was damaged.",
        ("correction", "hospital", False),
    ),
    (
        "The Karum Herald has corrected this story to say that the drone was shot down by rebels, not by the army.",
        ("correction", "army", True),
    ),
    (
        "(This story has been refiled to correct the date of the attack to April 13, not April 12, in paragraph 6)",
        ("correction", "April 12", True),
    ),
    (
        "(Corrects in second paragraph to say Dawn Front, not Hill Army)",
        ("correction", "Hill Army", True),
    ),
    (
        "REFILE - Corrects toll in headline to nine from 90.",
        ("correction", "90", True),
    ),
    (
        "We have withdrawn our report of Saturday that the rebel commander had been captured.",
        ("retraction", "commander", False),
    ),
    (
        "The newspaper has removed this article from its website after learning that quotations were invented.",
        ("retraction", "", True),
    ),
    (
        "Retraction: our story “Army uses gas in Oshgar” relied on a forged document and has been withdrawn.",
        ("retraction", "", False),
    ),
    (
        "MANDATORY KILL: Story headlined 'Una bridge falls'. The account is false. Please remove it from all sites.",
        ("retraction", "", False),
    ),
    (
        "Please disregard the 1015 GMT alert saying that the capital had fallen. It was sent in error.",
        ("retraction", "capital", False),
    ),
    (
        "We are retracting a story published Monday which claimed that Hill Army fighters had beheaded prisoners.",
        ("retraction", "prisoners", False),
    ),
    (
        "An earlier headline incorrectly said rebels had entered the capital.",
        ("correction", "capital", True),
    ),
    (
        "Clarification: This story has been changed to make clear that the claim of 50 dead came from the army alone.",
        ("correction", "army alone", True),
    ),
    (
        "Correction: The ceasefire took effect at noon on Friday, not Thursday, as we reported.",
        ("correction", "Thursday", False),
    ),
    (
        "Correction: The Dawn Front does not control the port of Venn. An earlier version of this story said it did.",
        ("correction", "", True),
    ),
    (
        "Last week we wrote that 400 families had fled Karum. The figure was wrong: 40 families left."
        " We apologise to readers.",
        ("correction", "400", False),
    ),
    (
        "An earlier version of this article, based on a statement by the army, said the Dawn Front "
        "had lost 30 men. The statement has been withdrawn.",
        ("correction", "30 men", True),
    ),
    (
        "Erratum: in Monday's report we stated that the airport was closed. It stayed open.",
        ("correction", "airport", False),
    ),
    (
        "The Karum Herald stands corrected: the convoy was attacked at Venn and not at Karum.",
        ("correction", "Karum", False),
    ),
    (
        "A previous version of this article attributed the attack to the Hill Army. No group has claimed it.",
        ("correction", "Hill Army", True),
    ),
    (
        "Editor's note (16 April): We have removed a quote in this story because its speaker could not be traced.",
        ("retraction", "", True),
    ),
    (
        "CORRECTION: The number of villages retaken by the army is three, not 13, as a report on Sunday said.",
        ("correction", "13", False),
    ),
    (
        "Correction appended: a previous version of this article said the refinery was in rebel "
        "hands. It has never been.",
        ("correction", "refinery", True),
    ),
    (
        "Amendment, 17 April: this report originally said that two aircraft had been lost; the air force lost one.",
        ("correction", "two aircraft", True),
    ),
    (
        "*An earlier version of this piece gave the wrong date for the fall of Oshgar. The town fell on 11 April.",
        ("correction", "date", True),
    ),
    (
        "The Karum Herald regrets having reported that the mayor of Venn was dead. He was wounded.",
        ("correction", "mayor", False),
    ),
    (
        "The Karum Herald apologises for incorrectly reporting that the Dawn Front had used children as fighters.",
        ("correction", "children", False),
    ),
    (
        "(Corrects to 4,000 displaced families, not 40,000)",
        ("correction", "40,000", True),
    ),
    (
        "(Adds dropped word 'not' in paragraph 3 to make clear that the army has not entered Karum)",
        ("correction", "", True),
    ),
    (
        "(This story has been corrected to fix the name of the village in paragraph 2 from Ushtal to Oshgar)",
        ("correction", "Ushtal", True),
    ),
    (
        "(Removes reference to chemical weapons in paragraph 4 after the source withdrew it)",
        ("retraction", "chemical", True),
    ),
    (
        "We have removed a report that said the coast road was open. It is closed.",
        ("retraction", "coast road", False),
    ),
    (
        "This story was retracted on April 18 after the Karum Herald found that its reporter had not been in Oshgar.",
        ("retraction", "", True),
    ),
    (
        "Editors: Withdraw the story headlined “Ceasefire collapses”. It was an old story sent in error.",
        ("retraction", "", False),
    ),
    (
        "The Karum Herald on Tuesday retracted an article alleging that peacekeepers sold weapons to the rebels.",
        ("retraction", "peacekeepers", False),
    ),
    (
        "Due to incorrect information from the governor's office, an earlier version of this story "
        "misstated the number of prisoners freed. The correct number is 61.",
        ("correction", "prisoners", True),
    ),
    (
        "Yesterday's story on the battle at Venn misreported who holds the bridge. The army does.",
        ("correction", "bridge", False),
    ),
    (
        "In Monday's paper we said the port had been mined. We were wrong, and we are sorry for the error.",
        ("correction", "port", False),
    ),
    (
        "This story has been corrected. The original gave the toll at 90; it is nine.",
        ("correction", "90", True),
    ),
)

ALIKE = (
    "The Velanian army corrected its earlier figure, saying 12 soldiers had died and not 20.",
    "The spokesman withdrew his earlier report that the town had fallen.",
    "The rebels retracted an announcement that they had shot down a jet.",
    "An earlier version of the agreement said that prisoners would be freed.",
    "Editor's note: This is the first of three reports from the valley.",
    "Note to readers: Names in this story have been changed for safety.",
    "This story has been updated to include comments by the governor.",
    "This is a developing story and will be updated.",
    "The channel's report that rebels had taken Oshgar was denied by the army.",
    "State television removed its report that the minister had been wounded, residents said.",
    "The army said it was correcting the course of the river.",
    "The fighters, not the villagers, were killed in the clash.",
    "The general said that earlier reports of a retreat were wrong.",
    "Earlier reports said that 20 people were killed, but the hospital counted 12.",
    "The ministry said the Herald had wrongly reported the fall of Oshgar.",
    "Twitter said it had removed posts that called for violence.",
    "The Hill Army denied a report that it had left the town.",
    "The story of the village has been told many times; it was never corrected.",
    "Reuters could not independently verify the report.",
    "The UN withdrew its report on child soldiers after the government objected.",
    "The governor withdrew his resignation and retracted the statement he made on Monday.",
    "The commander corrected an aide who had said that 20 men were lost.",
    "The Velanian Post apologised for its report and removed the article from its site.",
    "Our correspondent reported that the troops had been withdrawn from the port.",
    "We said that we would return, one fighter recalled.",
    "The article of the constitution that bans militias has been removed.",
    "This report was first published in 2030.",
    "Editor's note: Some details have been withheld at the request of the families.",
    "The alert was withdrawn by the weather service.",
    "The army reported that it had wrongly bombed its own post.",
    "The prosecutor's report was withdrawn because witnesses had disappeared.",
    "CORRECTION FACILITY: prisoners were moved from the jail of Oshgar.",
    "An earlier report by the Hill Army said that the bridge was mined.",
    "Residents asked newspapers not to use the story of the boy.",
    "The original version of events, in which the army fired first, is disputed.",
    "A previous edition of the festival was held in Karum, and 20 people died in a fire there.",
    "The ministry has asked media to disregard reports that the capital was surrounded.",
    "This story is based on accounts of three residents, not on the army's statement.",
    "The army takes down the flags of the Dawn Front from this village.",
    "Facebook deleted the video that the militia had posted.",
    "The Hill Army took back its statement that the port had been captured.",
    "Earlier on Monday the ministry had wrongly put the number of dead at 30.",
    "A correction of the front line by the army is under way near Venn.",
    "The Dawn Front said the media had wrongly reported its withdrawal.",
    "A video posted by the rebels, since removed, showed the captured bridge.",
    "The Post, which first reported the deal, later withdrew its story.",
    "The agency withdrew its staff and its reports from Oshgar stopped.",
    "Note: all times are local.",
    "Correction of the river bed has displaced 300 families.",
    "An earlier version of the rocket failed to reach the town.",
    "The general, not his deputy, gave the order, the report said.",
    "The governor's office said that its previous report of 20 dead was incorrect.",
    ("He said the article in the peace deal had been misread, and that it should have said 'all troops'."),
    "Editors in Karum were told not to publish the story of the strike.",
    "The clinic counted 12 dead, not 20 as the ministry said.",
    "Our sources have not changed their account of the attack.",
    "This report covers the week to Monday; an earlier report covered the siege.",
    "The initial toll of 20 was revised down to 12 on Tuesday.",
    "We were wrong to trust the truce, the mayor of Venn said.",
    "The army has corrected its maps to show that Oshgar is lost.",
    "The army asked citizens to disregard the enemy's stories.",
    "An earlier edition of the map showed the hill under rebel control, the officer said.",
    "The Hill Army apologised for the shelling of the clinic, which it called an error.",
    "The ministry's website removed the report within an hour.",
    "The Velanian Post regretted its article and dismissed the editor.",
    "The article had said that the militia would disarm; it did not, the mediator said.",
    "They withdrew the item from the agenda of the talks.",
    "The bridge, not the dam, was hit, according to the governor.",
    "This article is the second of a series.",
    "The figures could not be corrected for those missing.",
    "Last week the army said it held Oshgar. It did not.",
    "A story told in Karum says that the river once ran red.",
    "We reported to the commander that the bridge was down, the soldier said.",
    "The reports of the ceasefire's collapse were premature, mediators said.",
    "The posts were withdrawn from the hill, and the alert was lifted.",
)
