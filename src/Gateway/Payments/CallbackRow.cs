using Ecert.Adapters.Ports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecert.Gateway.Payments;

/// <summary>
/// One genuine notification of a channel, stored before it is acknowledged; its id keeps repeats apart.
/// </summary>
internal sealed class CallbackRow
{
    public required ChannelName Channel { get; init; }
    public required string EventId { get; init; }
    public required string Kind { get; init; }
    public required string Number { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<CallbackRow>
    {
        public void Configure(EntityTypeBuilder<CallbackRow> row)
        {
            row.ToTable("channel_callback").HasKey(one => new { one.Channel, one.EventId });
            row.Property(one => one.EventId).HasMaxLength(64);
            row.Property(one => one.Kind).HasMaxLength(60);
            row.Property(one => one.Number).HasMaxLength(32);
        }
    }
}
