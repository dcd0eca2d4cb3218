using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ecert.Gateway.Storage.Migrations;

/// <summary>Ride keys, and what a trip has to say of its gates and its fare.</summary>
[DbContext(typeof(GatewayDb))]
[Migration("V007_Fares")]
internal sealed class V007Fares : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        RideKey(migrationBuilder);
        Trip(migrationBuilder);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex("IX_trip_ExitOperationId", "trip");
        migrationBuilder.DropIndex("IX_trip_RideKeyId_ExitAt", "trip");
        string[] columns =
        [
            "RideKeyId", "EntryGate", "ExitGate", "ExitOperationId", "BaseFareFen", "MonthlyDiscountFen",
            "SurchargeFen", "DistanceMetres", "FareTable",
        ];
        foreach (var column in columns)
            migrationBuilder.DropColumn(column, "trip");
        migrationBuilder.DropTable("ride_key");
    }

    private static void RideKey(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "ride_key",
            columns: table => new
            {
                Id = table.Column<string>(maxLength: 16, nullable: false),
                OperationId = table.Column<string>(maxLength: 26, nullable: false),
                Subject = table.Column<string>(maxLength: 64, nullable: false),
                CertificateId = table.Column<string>(maxLength: 64, nullable: false),
                WalletId = table.Column<string>(maxLength: 26, nullable: false),
                RiderKey = table.Column<byte[]>(nullable: false),
                State = table.Column<string>(maxLength: 40, nullable: false),
                IssuedAt = table.Column<long>(nullable: false),
                ExpiresAt = table.Column<long>(nullable: false),
                OpenTripId = table.Column<string>(maxLength: 26, nullable: true),
                LastCodeAt = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_ride_key", row => row.Id));
        migrationBuilder.CreateIndex("IX_ride_key_OperationId", "ride_key", ["OperationId"], unique: true);
        migrationBuilder.CreateIndex("IX_ride_key_Subject", "ride_key", ["Subject"]);
    }

    private static void Trip(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("RideKeyId", "trip", maxLength: 16, nullable: false, defaultValue: "");
        migrationBuilder.AddColumn<string>("EntryGate", "trip", maxLength: 32, nullable: false, defaultValue: "");
        migrationBuilder.AddColumn<string>("ExitGate", "trip", maxLength: 32, nullable: true);
        migrationBuilder.AddColumn<string>("ExitOperationId", "trip", maxLength: 26, nullable: true);
        migrationBuilder.AddColumn<long>("BaseFareFen", "trip", nullable: false, defaultValue: 0L);
        migrationBuilder.AddColumn<long>("MonthlyDiscountFen", "trip", nullable: false, defaultValue: 0L);
        migrationBuilder.AddColumn<long>("SurchargeFen", "trip", nullable: false, defaultValue: 0L);
        migrationBuilder.AddColumn<long>("DistanceMetres", "trip", nullable: false, defaultValue: 0L);
        migrationBuilder.AddColumn<string>("FareTable", "trip", maxLength: 60, nullable: true);
        migrationBuilder.CreateIndex("IX_trip_ExitOperationId", "trip", ["ExitOperationId"]);
        migrationBuilder.CreateIndex("IX_trip_RideKeyId_ExitAt", "trip", ["RideKeyId", "ExitAt"]);
    }
}
