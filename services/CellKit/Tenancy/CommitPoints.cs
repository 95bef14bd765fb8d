namespace WebWaka.CellKit;

/// <summary>The failpoints on both sides of one kind of commit.</summary>
public sealed record CommitPoints(Failpoint Before, Failpoint After)
{
    public static readonly CommitPoints Any = new(Failpoint.BeforeCommit, Failpoint.AfterCommit);
    public static readonly CommitPoints Void = new(Failpoint.BeforeVoidCommit, Failpoint.AfterVoidCommit);
    public static readonly CommitPoints Refund = new(Failpoint.BeforeRefundCommit, Failpoint.AfterRefundCommit);
    public static readonly CommitPoints ShiftClose = new(Failpoint.BeforeShiftCloseCommit, Failpoint.AfterShiftCloseCommit);
    public static readonly CommitPoints Payment = new(Failpoint.BeforePaymentCommit, Failpoint.AfterPaymentCommit);
    public static readonly CommitPoints Consume = new(Failpoint.BeforeConsumeCommit, Failpoint.AfterConsumeCommit);
    public static readonly CommitPoints Settled = new(Failpoint.BeforeSettledCommit, Failpoint.AfterSettledCommit);
}
