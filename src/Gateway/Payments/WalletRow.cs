using Ecert.Adapters.Ports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecert.Gateway.Payments;

/// <summary>
/// A way to pay that a citizen bound: a payment agreement at a channel. Its number is encrypted; four characters show.
/// </summary>
internal sealed class WalletRow
{
    public required string Id { get; init; }
    public required string Subject { get; init; }
    public required ChannelName Channel { get; init; }

    /// <summary>The agreement's number, encrypted for this row.</summary>
    public required byte[] Agreement { get; init; }

    public required string LastFour { get; init; }
    public required DateTimeOffset BoundAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<WalletRow>
    {
        public void Configure(EntityTypeBuilder<WalletRow> row)
        {
            row.ToTable("wallet").HasKey(wallet => wallet.Id);
            row.Property(wallet => wallet.Id).HasMaxLength(26);
            row.Property(wallet => wallet.Subject).HasMaxLength(64);
            row.Property(wallet => wallet.LastFour).HasMaxLength(4);
            row.HasIndex(wallet => wallet.Subject);
        }
    }
}
