"""The archive folder of a case (条例 art. 45: 登记、审核、办理、答复、归档): everything in order, with an index and digests."""
