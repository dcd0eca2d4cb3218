using Ecert.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecert.Gateway.Reimbursement;

/// <summary>
/// Where a settlement stands between its three payers; the names are those of the contract. A settlement is on record
/// before anything is held or charged for it.
/// </summary>
internal enum SettlementStage
{
    /// <summary>On record; insurer and account parts may be held, the cash part awaited.</summary>
    Settling = 3,

    /// <summary>Everything is booked.</summary>
    Complete = 7,

    /// <summary>Taken back whole; <see cref="SettlementRow.ReversalId"/> names the settlement that did.</summary>
    Refunded = 8,

    /// <summary>Ended without effect: the cash did not come, or a limit was in the way.</summary>
    Failed = 16,

    /// <summary>A reversal whose cash part is on its way back; and the settlement it reverses.</summary>
    Refunding = 18,
}

/// <summary>One settlement, or the reversal of one (with negative amounts and an id of its own).</summary>
internal sealed class SettlementRow
{
    public required string Id { get; init; }
    public required string InstitutionId { get; init; }

    /// <summary>The pre-settlement it was made from; settled at most once.</summary>
    public required string PreSettlementId { get; init; }

    public required string FeeBatchId { get; init; }
    public required string VisitId { get; init; }
    public required string Subject { get; init; }
    public required string InsuredPlace { get; init; }
    public required string TreatmentPlace { get; init; }
    public required string Scheme { get; init; }
    public required string MedType { get; init; }

    /// <summary>The day of care, which places it in a medical year.</summary>
    public required DateTimeOffset CareAt { get; init; }

    public required SettlementStage Stage { get; set; }

    /// <summary>What an operator reads beside the stage; no personal data.</summary>
    public string StageDetail { get; set; } = "";

    /// <summary>The PreSettlement message it was made from: breakdown, funds, trace and rule version.</summary>
    public required byte[] PreSettlement { get; init; }

    public required long TotalFen { get; init; }
    public required long FundFen { get; init; }
    public required long AccountFen { get; init; }
    public required long CashFen { get; init; }
    public required long HospitalFen { get; init; }

    /// <summary>
    /// What it adds to the person's medical year: the engine's counters as JSON, negative for a reversal.
    /// </summary>
    public required string Counters { get; init; }

    /// <summary>The cash part's payment, of the same id as the settlement it pays; null without a cash part.</summary>
    public string? PaymentId { get; init; }

    /// <summary>The Payer message as asked for; null without a cash part.</summary>
    public byte[]? Payer { get; init; }

    /// <summary>For a reversal: what it reverses.</summary>
    public string? OriginalId { get; init; }
    public string? ReversalId { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>When it is to be gone on with; null when it waits for news of its payment, or has ended.</summary>
    public DateTimeOffset? NextStepAt { get; set; }

    public bool IsReversal => OriginalId is not null;
    public Money Cash => new(CashFen);

    internal sealed class Mapping : IEntityTypeConfiguration<SettlementRow>
    {
        public void Configure(EntityTypeBuilder<SettlementRow> row)
        {
            row.ToTable("settlement").HasKey(one => one.Id);
            foreach (var id in (string[])["Id", "PreSettlementId", "FeeBatchId", "VisitId", "OriginalId", "ReversalId"])
                row.Property(id).HasMaxLength(30);
            row.Property(one => one.InstitutionId).HasMaxLength(12);
            row.Property(one => one.Subject).HasMaxLength(64);
            row.Property(one => one.InsuredPlace).HasMaxLength(6);
            row.Property(one => one.TreatmentPlace).HasMaxLength(6);
            row.Property(one => one.Scheme).HasMaxLength(3);
            row.Property(one => one.MedType).HasMaxLength(6);
            row.Property(one => one.StageDetail).HasMaxLength(200);
            row.Property(one => one.PaymentId).HasMaxLength(32);
            row.Property(one => one.Stage).IsConcurrencyToken();
            row.Ignore(one => one.IsReversal).Ignore(one => one.Cash);
            row.HasIndex(one => one.PreSettlementId);
            row.HasIndex(one => new { one.Subject, one.Scheme, one.CareAt });
            row.HasIndex(one => new { one.InstitutionId, one.CreatedAt });
            row.HasIndex(one => one.CompletedAt);
            row.HasIndex(one => one.NextStepAt);
            row.HasIndex(one => one.OriginalId).IsUnique();
        }
    }
}
