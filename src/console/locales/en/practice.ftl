# Practice on people who do not exist.

nav-practice = Practice
practice-words = Conversations with people who do not exist, for learning the work. The very assistant answers in them; nothing is stored and nothing reaches anybody.
practice-nobody = This is practice: the person does not exist, and nothing is stored.
practice-again = Begin again
practice-hint-waiting = They wait for staff now; the assistant answers them until you take over.
practice-hint-answer = The conversation is yours and the assistant is silent. What is a good answer?
practice-hint-end = When you are done, return the conversation to the assistant, or close it if nothing is left.
practice-hint-returned = Well done. It was returned, and the assistant went on where it had stopped.
practice-hint-closed = The conversation is closed; it opens again when the person writes.
practice-hint-unanswered = It ended without an answer to the person. Please begin again.
