using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using WebWaka.CellKit;
using WebWaka.Payments.Collecting;
using WebWaka.Payments.DedicatedAccounts;
using WebWaka.Payments.Disputes;
using WebWaka.Payments.Keys;
using WebWaka.Payments.Ledger;
using WebWaka.Payments.Refunds;
using WebWaka.Payments.Settlements;
using WebWaka.Payments.Webhooks;

namespace WebWaka.Payments;

/// <summary>
/// Schema "payments". Three of its tables have no tenant, since a webhook at the root host names none: they are described here
/// for the migration, and reached through <see cref="PaymentDirectory"/>, <see cref="WebhookInbox"/> and
/// the accounts' own queries alone.
/// </summary>
internal sealed class PaymentsDb(DbContextOptions<PaymentsDb> options, CellContext cell) : CellDb(options, cell)
{
    public DbSet<PaymentRow> Payments => Set<PaymentRow>();
    public DbSet<RefundRequestRow> RefundRequests => Set<RefundRequestRow>();
    public DbSet<LedgerEntryRow> LedgerEntries => Set<LedgerEntryRow>();
    public DbSet<LedgerVoidRow> LedgerVoids => Set<LedgerVoidRow>();
    public DbSet<PaystackAccountRow> PaystackAccounts => Set<PaystackAccountRow>();
    public DbSet<DedicatedAccountRow> DedicatedAccounts => Set<DedicatedAccountRow>();
    public DbSet<DisputeRow> Disputes => Set<DisputeRow>();
    public DbSet<SettlementRow> Settlements => Set<SettlementRow>();
    public DbSet<SettlementExceptionRow> SettlementExceptions => Set<SettlementExceptionRow>();

    /// <summary>The payment, locked until the transaction ends: whoever settles, refunds or schedules it waits for the other.</summary>
    public Task<PaymentRow> LockPayment(Guid tenant, Guid id, CancellationToken ct) =>
        Payments.FromSql($"SELECT * FROM payment WHERE tenant_id = {tenant} AND id = {id} FOR UPDATE").SingleAsync(ct);

    /// <summary>The account number, locked until the transaction ends; null: there is none of this id.</summary>
    public Task<DedicatedAccountRow?> LockDedicatedAccount(Guid tenant, Guid id, CancellationToken ct) =>
        DedicatedAccounts.FromSql($"SELECT * FROM dedicated_account WHERE tenant_id = {tenant} AND id = {id} FOR UPDATE").SingleOrDefaultAsync(ct);

    /// <summary>The payment that waits at an account number.</summary>
    public Task<Guid?> OpenAt(Guid dedicatedAccount, CancellationToken ct) => Payments
        .Where(row => row.DedicatedAccountId == dedicatedAccount && (row.State == PaymentStates.Initiated || row.State == PaymentStates.Unknown))
        .Select(row => (Guid?)row.Id).SingleOrDefaultAsync(ct);

    protected override void Describe(ModelBuilder model)
    {
        model.Entity<PaymentRow>(payment =>
        {
            payment.ToTable("payment").HasKey(row => new { row.TenantId, row.Id });
            payment.HasIndex(row => new { row.TenantId, row.Reference }).IsUnique();
            payment.HasIndex(row => new { row.TenantId, row.TransactionId }).IsUnique().HasFilter("transaction_id IS NOT NULL");
            payment.Property(row => row.Account).HasDefaultValue(AccountKinds.Platform);
            payment.HasIndex(row => new { row.TenantId, row.SaleId, row.Tender });
            payment.HasIndex(row => new { row.TenantId, row.SaleId, row.Tender }, "ix_payment_open").IsUnique().HasFilter("state IN ('initiated', 'unknown')");
            payment.HasIndex(row => new { row.TenantId, row.DedicatedAccountId, row.CreatedAt }).HasFilter("dedicated_account_id IS NOT NULL");
            payment.HasIndex(row => new { row.TenantId, row.DedicatedAccountId }, "ix_payment_at_account").IsUnique()
                .HasFilter("dedicated_account_id IS NOT NULL AND state IN ('initiated', 'unknown')");
            payment.HasOne<DedicatedAccountRow>().WithMany().HasForeignKey(row => new { row.TenantId, row.DedicatedAccountId })
                .OnDelete(DeleteBehavior.Restrict);
            payment.Ignore(row => row.Place);
        });
        model.Entity<DedicatedAccountRow>(account =>
        {
            account.ToTable("dedicated_account").HasKey(row => new { row.TenantId, row.Id });
            account.HasIndex(row => new { row.TenantId, row.AccountNumber }).IsUnique().HasFilter("active");
        });
        model.Entity<RefundRequestRow>(refund =>
        {
            refund.ToTable("refund_request").HasKey(row => new { row.TenantId, row.Id });
            refund.HasIndex(row => new { row.TenantId, row.SourceKind, row.SourceId, row.Tender, row.PaymentId }).IsUnique().AreNullsDistinct(false);
            refund.Property(row => row.Attempt).HasDefaultValue(1);
            refund.HasIndex(row => new { row.TenantId, row.PaymentId });
            refund.HasIndex(row => new { row.TenantId, row.SaleId });
            refund.HasOne<PaymentRow>().WithMany().HasForeignKey(row => new { row.TenantId, row.PaymentId }).OnDelete(DeleteBehavior.Restrict);
        });
        // A journal is its source: one sale, void, refund, payment or Paystack refund, with one entry for each account.
        model.Entity<LedgerEntryRow>().ToTable("ledger_entry").HasKey(row => new { row.TenantId, row.SourceKind, row.SourceId, row.Account });
        model.Entity<LedgerVoidRow>().ToTable("ledger_void").HasKey(row => new { row.TenantId, row.SaleId });
        model.Entity<PaystackAccountRow>().ToTable("paystack_account").HasKey(row => row.TenantId);
        DescribeAfterwards(model);
        DescribeShared(model);
    }

    /// <summary>What comes after a payment: disputes and payouts.</summary>
    private static void DescribeAfterwards(ModelBuilder model)
    {
        model.Entity<DisputeRow>(dispute =>
        {
            dispute.ToTable("dispute").HasKey(row => new { row.TenantId, row.Id });
            dispute.HasIndex(row => new { row.TenantId, row.PaystackId }).IsUnique();
            dispute.HasIndex(row => new { row.TenantId, row.PaymentId });
            dispute.Ignore(row => row.IsOpen);
            dispute.HasOne<PaymentRow>().WithMany().HasForeignKey(row => new { row.TenantId, row.PaymentId }).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<SettlementRow>(settlement =>
        {
            settlement.ToTable("settlement").HasKey(row => new { row.TenantId, row.Id });
            settlement.HasIndex(row => new { row.TenantId, row.PaystackId }).IsUnique();
        });
        model.Entity<SettlementExceptionRow>(exception =>
        {
            exception.ToTable("settlement_exception").HasKey(row => new { row.TenantId, row.Id });
            exception.HasOne<SettlementRow>().WithMany().HasForeignKey(row => new { row.TenantId, row.SettlementId }).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void DescribeShared(ModelBuilder model)
    {
        model.Entity<PaymentReferenceRow>(reference =>
        {
            reference.ToTable("payment_reference").HasKey(row => row.Reference);
            reference.HasIndex(row => row.CheckAt).HasFilter("check_at IS NOT NULL");
            // Its column is older than account numbers.
            reference.Property(row => row.Place).HasColumnName("terminal_id");
            reference.HasIndex(row => row.Place).HasFilter("terminal_id IS NOT NULL AND check_at IS NOT NULL");
            reference.HasIndex(row => row.UnknownSince).HasFilter("unknown_since IS NOT NULL");
        });
        model.Entity<PaystackDoorRow>(door =>
        {
            door.ToTable("paystack_door").HasKey(row => row.Slug);
            door.HasIndex(row => row.NextAt);
        });
        model.Entity<WebhookEventRow>(e =>
        {
            e.ToTable("webhook_event").HasKey(row => row.Id);
            e.Property(row => row.Id).UseIdentityAlwaysColumn();
            // Two equal partial refunds give the same event twice, and both count; every other event is one of its subject.
            e.HasIndex(row => new { row.Door, row.Domain, row.Event, row.DataId }).IsUnique().HasFilter("event NOT LIKE 'refund.%'");
            e.Property(row => row.Place).HasColumnName("terminal_id");
            e.Property(row => row.Domain).HasDefaultValue("");
            e.HasIndex(row => new { row.TenantId, row.Id }).HasFilter("tenant_id IS NOT NULL");
            e.HasIndex(row => row.Reference).HasFilter("state = 'orphan'");
            e.HasIndex(row => row.NextAt).HasFilter("state = 'received'");
        });
    }

    internal sealed class Design : IDesignTimeDbContextFactory<PaymentsDb>
    {
        public PaymentsDb CreateDbContext(string[] args) =>
            new(ModelOptions.ForDesign<PaymentsDb>(PaymentsCell.Name), ModelOptions.DesignContext(PaymentsCell.Name));
    }
}
