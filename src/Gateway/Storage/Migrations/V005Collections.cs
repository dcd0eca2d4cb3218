using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ecert.Gateway.Storage.Migrations;

/// <summary>The tables of collections.</summary>
[DbContext(typeof(GatewayDb))]
[Migration("V005_Collections")]
internal sealed class V005Collections : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        BillPayment(migrationBuilder);
        Trip(migrationBuilder);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("trip");
        migrationBuilder.DropTable("bill_payment");
    }

    private static void BillPayment(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "bill_payment",
            columns: table => new
            {
                Id = table.Column<string>(maxLength: 26, nullable: false),
                Subject = table.Column<string>(maxLength: 64, nullable: false),
                BillerId = table.Column<string>(maxLength: 12, nullable: false),
                AccountNumber = table.Column<byte[]>(nullable: false),
                BillNumber = table.Column<string>(maxLength: 64, nullable: false),
                CustomerName = table.Column<string>(maxLength: 60, nullable: false),
                AmountFen = table.Column<long>(nullable: false),
                LateFeeFen = table.Column<long>(nullable: false),
                Period = table.Column<string>(maxLength: 20, nullable: false),
                Stage = table.Column<string>(maxLength: 40, nullable: false),
                Channel = table.Column<string>(maxLength: 40, nullable: true),
                PaymentId = table.Column<string>(maxLength: 32, nullable: true),
                BillerNumber = table.Column<string>(maxLength: 64, nullable: true),
                QuotedAt = table.Column<long>(nullable: false),
                ExpiresAt = table.Column<long>(nullable: false),
                WrittenOffAt = table.Column<long>(nullable: true),
                NextStepAt = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_bill_payment", row => row.Id));
        migrationBuilder.CreateIndex("IX_bill_payment_NextStepAt", "bill_payment", ["NextStepAt"]);
        migrationBuilder.CreateIndex("IX_bill_payment_Subject", "bill_payment", ["Subject"]);
        migrationBuilder.CreateIndex("IX_bill_payment_WrittenOffAt", "bill_payment", ["WrittenOffAt"]);
    }

    private static void Trip(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "trip",
            columns: table => new
            {
                Id = table.Column<string>(maxLength: 26, nullable: false),
                OperatorId = table.Column<string>(maxLength: 12, nullable: false),
                Subject = table.Column<string>(maxLength: 64, nullable: false),
                CertificateId = table.Column<string>(maxLength: 64, nullable: false),
                Stage = table.Column<string>(maxLength: 40, nullable: false),
                EntryStation = table.Column<string>(maxLength: 20, nullable: false),
                EntryAt = table.Column<long>(nullable: false),
                ExitStation = table.Column<string>(maxLength: 20, nullable: true),
                ExitAt = table.Column<long>(nullable: true),
                FareFen = table.Column<long>(nullable: false),
                WalletId = table.Column<string>(maxLength: 26, nullable: false),
                NextStepAt = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_trip", row => row.Id));
        migrationBuilder.CreateIndex("IX_trip_NextStepAt", "trip", ["NextStepAt"]);
        migrationBuilder.CreateIndex("IX_trip_OperatorId_ExitAt", "trip", ["OperatorId", "ExitAt"]);
        migrationBuilder.CreateIndex("IX_trip_Subject_Stage", "trip", ["Subject", "Stage"]);
    }
}
