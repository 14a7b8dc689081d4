charity: demo
language: en
# The same in English, by voice, for somebody who cannot write; and one who thinks better of it.

known: anonymous
person: hello
bot: Assalamu alaikum, and welcome to Wasl Demo Charity.
  For your safety: we never ask for a code or a password of Absher, Nafath, a bank or any other app.
  This page is for a complaint without a name. It is tied to no other chat, and does not tell us who is writing.
  For everything else there is our ordinary chat.
  <link /: Our ordinary chat>
bot: How can we help here?
  [1] Write a complaint
presses: Write a complaint
bot: We ask for no name, number or contact here, and do not know who is writing.
  Please note: a name that you write, the number of a request, or a voice in a recording can give somebody away. Leave out whatever should not be known.
  Only the person in charge of complaints sees what you write, to look into it. Do you agree?
  [1] I agree
  [2] I do not agree
presses: I agree
bot: What is the complaint about?
  [1] How staff treated me
  [2] The service
  [3] Delay or no answer
  [4] Privacy and data
  [5] Something else
  (back) Back
  (pause) Save, finish later
presses: The service
bot: Please write what happened and when, without anything that points to you. Writing is safer here than a voice note.
  (back) Back
  (pause) Save, finish later
sends: voice
bot: We have your voice note (What happened). One of our staff will write it down.
  Here is the complaint before you hand it in. Please look it over:
  1. About: The service
  2. What happened: voice note
  If all is right, please press “That is right”. To change an answer, type its number.
  [1] That is right
  (correct) Change an answer
  (back) Back
  (pause) Save, finish later
presses: That is right
bot: Receipt for complaint W-RJWTN-TKBH
  The person in charge looks into it by Monday 19 January 2026 (30 Rajab 1447 AH) at the latest.
  As we do not know who wrote it, the answer can be read on this page alone; type “status”.
  This page is for a complaint without a name. It is tied to no other chat, and does not tell us who is writing.
  For everything else there is our ordinary chat.
  <link /: Our ordinary chat>
bot: How can we help here?
  [1] Write a complaint
presses: Write a complaint
bot: We ask for no name, number or contact here, and do not know who is writing.
  Please note: a name that you write, the number of a request, or a voice in a recording can give somebody away. Leave out whatever should not be known.
  Only the person in charge of complaints sees what you write, to look into it. Do you agree?
  [1] I agree
  [2] I do not agree
presses: I do not agree
bot: We respect that, and have kept nothing.
  This page is for a complaint without a name. It is tied to no other chat, and does not tell us who is writing.
  For everything else there is our ordinary chat.
  <link /: Our ordinary chat>
bot: How can we help here?
  [1] Write a complaint
  [2] An earlier complaint
end:
  case W-RJWTN-TKBH complaint - received flags to_type_up
  consent complaint withdrawn
