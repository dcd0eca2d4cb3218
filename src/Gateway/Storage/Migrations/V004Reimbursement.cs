using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ecert.Gateway.Storage.Migrations;

/// <summary>The tables of reimbursement.</summary>
[DbContext(typeof(GatewayDb))]
[Migration("V004_Reimbursement")]
internal sealed class V004Reimbursement : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        FeeBatch(migrationBuilder);
        PreSettlement(migrationBuilder);
        Settlement(migrationBuilder);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("settlement");
        migrationBuilder.DropTable("pre_settlement");
        migrationBuilder.DropTable("fee_batch");
    }

    private static void FeeBatch(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "fee_batch",
            columns: table => new
            {
                Id = table.Column<string>(maxLength: 30, nullable: false),
                VisitId = table.Column<string>(maxLength: 30, nullable: false),
                InstitutionId = table.Column<string>(maxLength: 12, nullable: false),
                RequestId = table.Column<string>(maxLength: 64, nullable: false),
                Digest = table.Column<byte[]>(nullable: false),
                Subject = table.Column<string>(maxLength: 64, nullable: false),
                Scheme = table.Column<string>(maxLength: 3, nullable: false),
                MedType = table.Column<string>(maxLength: 6, nullable: false),
                TreatmentPlace = table.Column<string>(maxLength: 6, nullable: false),
                Level = table.Column<int>(nullable: false),
                BeginAt = table.Column<long>(nullable: false),
                EndAt = table.Column<long>(nullable: true),
                TotalFen = table.Column<long>(nullable: false),
                Upload = table.Column<byte[]>(nullable: false),
                Answer = table.Column<byte[]>(nullable: false),
                CreatedAt = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_fee_batch", row => row.Id));
        migrationBuilder.CreateIndex("IX_fee_batch_InstitutionId_RequestId", "fee_batch",
            ["InstitutionId", "RequestId"], unique: true);
    }

    private static void PreSettlement(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "pre_settlement",
            columns: table => new
            {
                Id = table.Column<string>(maxLength: 30, nullable: false),
                FeeBatchId = table.Column<string>(maxLength: 30, nullable: false),
                InstitutionId = table.Column<string>(maxLength: 12, nullable: false),
                RuleVersion = table.Column<string>(maxLength: 80, nullable: false),
                UsePersonalAccount = table.Column<bool>(nullable: false),
                Message = table.Column<byte[]>(nullable: false),
                CreatedAt = table.Column<long>(nullable: false),
                ExpiresAt = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_pre_settlement", row => row.Id));
    }

    private static void Settlement(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "settlement",
            columns: table => new
            {
                Id = table.Column<string>(maxLength: 30, nullable: false),
                InstitutionId = table.Column<string>(maxLength: 12, nullable: false),
                PreSettlementId = table.Column<string>(maxLength: 30, nullable: false),
                FeeBatchId = table.Column<string>(maxLength: 30, nullable: false),
                VisitId = table.Column<string>(maxLength: 30, nullable: false),
                Subject = table.Column<string>(maxLength: 64, nullable: false),
                InsuredPlace = table.Column<string>(maxLength: 6, nullable: false),
                TreatmentPlace = table.Column<string>(maxLength: 6, nullable: false),
                Scheme = table.Column<string>(maxLength: 3, nullable: false),
                MedType = table.Column<string>(maxLength: 6, nullable: false),
                CareAt = table.Column<long>(nullable: false),
                Stage = table.Column<string>(maxLength: 40, nullable: false),
                StageDetail = table.Column<string>(maxLength: 200, nullable: false),
                PreSettlement = table.Column<byte[]>(nullable: false),
                TotalFen = table.Column<long>(nullable: false),
                FundFen = table.Column<long>(nullable: false),
                AccountFen = table.Column<long>(nullable: false),
                CashFen = table.Column<long>(nullable: false),
                HospitalFen = table.Column<long>(nullable: false),
                Counters = table.Column<string>(nullable: false),
                PaymentId = table.Column<string>(maxLength: 32, nullable: true),
                Payer = table.Column<byte[]>(nullable: true),
                OriginalId = table.Column<string>(maxLength: 30, nullable: true),
                ReversalId = table.Column<string>(maxLength: 30, nullable: true),
                CreatedAt = table.Column<long>(nullable: false),
                UpdatedAt = table.Column<long>(nullable: false),
                CompletedAt = table.Column<long>(nullable: true),
                NextStepAt = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_settlement", row => row.Id));
        migrationBuilder.CreateIndex("IX_settlement_CompletedAt", "settlement", ["CompletedAt"]);
        migrationBuilder.CreateIndex("IX_settlement_InstitutionId_CreatedAt", "settlement",
            ["InstitutionId", "CreatedAt"]);
        migrationBuilder.CreateIndex("IX_settlement_NextStepAt", "settlement", ["NextStepAt"]);
        migrationBuilder.CreateIndex("IX_settlement_OriginalId", "settlement", ["OriginalId"], unique: true);
        migrationBuilder.CreateIndex("IX_settlement_PreSettlementId", "settlement", ["PreSettlementId"]);
        migrationBuilder.CreateIndex("IX_settlement_Subject_Scheme_CareAt", "settlement",
            ["Subject", "Scheme", "CareAt"]);
    }
}
