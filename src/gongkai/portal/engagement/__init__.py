"""What the public can say and be answered: consultations, public concern, questions, the mailbox."""
