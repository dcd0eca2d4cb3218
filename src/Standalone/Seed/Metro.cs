using Ecert.CertsDev;
using Ecert.Gateway;

namespace Ecert.Standalone.Seed;

/// <summary>One metro line and its fares by distance (the Guangzhou table, which is published in full).</summary>
internal static class Metro
{
    public const string EntryStation = "0101";
    public const string ExitStation = "0105";

    public static FareNetwork Network { get; } = new(
        Cast.ShanghaiMetro,
        [
            new("0101", "人民广场 People's Square", 0),
            new("0102", "新天地 Xintiandi", 1_900),
            new("0103", "陆家浜路 Lujiabang Road", 3_100),
            new("0104", "世博大道 Expo Avenue", 6_400),
            new("0105", "东方体育中心 Oriental Sports Centre", 10_700),
        ],
        [
            new(4_000, 200), new(8_000, 300), new(12_000, 400), new(18_000, 500), new(24_000, 600), new(32_000, 700),
            new(40_000, 800), new(48_000, 900), new(56_000, 1_000), new(64_000, 1_100), new(72_000, 1_200),
            new(80_000, 1_300),
            new(88_000, 1_400), new(96_000, 1_500),
        ]);
}
