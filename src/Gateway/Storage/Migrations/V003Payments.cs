using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ecert.Gateway.Storage.Migrations;

/// <summary>The tables of payments.</summary>
[DbContext(typeof(GatewayDb))]
[Migration("V003_Payments")]
internal sealed class V003Payments : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Payment(migrationBuilder);
        Refund(migrationBuilder);
        PaymentAttempt(migrationBuilder);
        ChannelCallback(migrationBuilder);
        Wallet(migrationBuilder);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("wallet");
        migrationBuilder.DropTable("channel_callback");
        migrationBuilder.DropTable("payment_attempt");
        migrationBuilder.DropTable("refund");
        migrationBuilder.DropTable("payment");
    }

    private static void Payment(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "payment",
            columns: table => new
            {
                Id = table.Column<string>(maxLength: 32, nullable: false),
                Party = table.Column<string>(maxLength: 120, nullable: false),
                Channel = table.Column<string>(maxLength: 40, nullable: false),
                Scene = table.Column<string>(maxLength: 40, nullable: false),
                PayerId = table.Column<string>(maxLength: 128, nullable: true),
                AmountFen = table.Column<long>(nullable: false),
                Description = table.Column<string>(maxLength: 127, nullable: false),
                Purpose = table.Column<string>(maxLength: 40, nullable: false),
                BusinessId = table.Column<string>(maxLength: 64, nullable: false),
                State = table.Column<string>(maxLength: 40, nullable: false),
                PayerAction = table.Column<string>(maxLength: 2048, nullable: true),
                ChannelNumber = table.Column<string>(maxLength: 64, nullable: true),
                PaidAt = table.Column<long>(nullable: true),
                RefundOpenedFen = table.Column<long>(nullable: false),
                ExpiresAt = table.Column<long>(nullable: false),
                NextCheckAt = table.Column<long>(nullable: true),
                PaidLate = table.Column<bool>(nullable: false),
                PurposeTold = table.Column<bool>(nullable: false),
                CreatedAt = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_payment", row => row.Id));
        migrationBuilder.CreateIndex("IX_payment_NextCheckAt", "payment", ["NextCheckAt"]);
        migrationBuilder.CreateIndex("IX_payment_PaidAt", "payment", ["PaidAt"]);
        migrationBuilder.CreateIndex("IX_payment_Purpose_BusinessId", "payment", ["Purpose", "BusinessId"]);
    }

    private static void Refund(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "refund",
            columns: table => new
            {
                Id = table.Column<string>(maxLength: 32, nullable: false),
                PaymentId = table.Column<string>(maxLength: 32, nullable: false),
                AmountFen = table.Column<long>(nullable: false),
                Reason = table.Column<string>(maxLength: 80, nullable: false),
                BusinessId = table.Column<string>(maxLength: 64, nullable: false),
                State = table.Column<string>(maxLength: 40, nullable: false),
                ChannelNumber = table.Column<string>(maxLength: 64, nullable: true),
                RefundedAt = table.Column<long>(nullable: true),
                AcceptedAt = table.Column<long>(nullable: true),
                NextCheckAt = table.Column<long>(nullable: true),
                PurposeTold = table.Column<bool>(nullable: false),
                CreatedAt = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_refund", row => row.Id));
        migrationBuilder.CreateIndex("IX_refund_AcceptedAt", "refund", ["AcceptedAt"]);
        migrationBuilder.CreateIndex("IX_refund_NextCheckAt", "refund", ["NextCheckAt"]);
        migrationBuilder.CreateIndex("IX_refund_PaymentId", "refund", ["PaymentId"]);
    }

    private static void PaymentAttempt(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "payment_attempt",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                Number = table.Column<string>(maxLength: 32, nullable: false),
                Verb = table.Column<string>(maxLength: 20, nullable: false),
                StartedAt = table.Column<long>(nullable: false),
                EndedAt = table.Column<long>(nullable: true),
                Outcome = table.Column<string>(maxLength: 200, nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_payment_attempt", row => row.Id));
        migrationBuilder.CreateIndex("IX_payment_attempt_Number", "payment_attempt", ["Number"]);
    }

    private static void ChannelCallback(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "channel_callback",
            columns: table => new
            {
                Channel = table.Column<string>(maxLength: 40, nullable: false),
                EventId = table.Column<string>(maxLength: 64, nullable: false),
                Kind = table.Column<string>(maxLength: 60, nullable: false),
                Number = table.Column<string>(maxLength: 32, nullable: false),
                ReceivedAt = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_channel_callback", row => new { row.Channel, row.EventId }));
    }

    private static void Wallet(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "wallet",
            columns: table => new
            {
                Id = table.Column<string>(maxLength: 26, nullable: false),
                Subject = table.Column<string>(maxLength: 64, nullable: false),
                Channel = table.Column<string>(maxLength: 40, nullable: false),
                Agreement = table.Column<byte[]>(nullable: false),
                LastFour = table.Column<string>(maxLength: 4, nullable: false),
                BoundAt = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_wallet", row => row.Id));
        migrationBuilder.CreateIndex("IX_wallet_Subject", "wallet", ["Subject"]);
    }
}
