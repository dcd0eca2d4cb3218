namespace Ecert.Interop.Tests.Foreign;

/// <summary>The cases every foreign client runs: gRPC's published interop cases, then three of our own.</summary>
public static class InteropCases
{
    public const string Plain = "h2c";
    public const string Tls = "tls";

    public static readonly string[] Published =
    [
        "empty_unary",
        "large_unary",
        "client_streaming",
        "server_streaming",
        "ping_pong",
        "empty_stream",
        "client_compressed_unary",
        "server_compressed_unary",
        "client_compressed_streaming",
        "server_compressed_streaming",
        "custom_metadata",
        "status_code_and_message",
        "special_status_message",
        "unimplemented_method",
        "unimplemented_service",
        "cancel_after_begin",
        "cancel_after_first_response",
        "timeout_on_sleeping_server",
    ];

    public static readonly string[] OfForeignClients =
    [
        .. Published,
        "client_compressed_unary_deflate",
        "deadline_between_two_answers",
        "three_hundred_calls_at_once",
    ];

    public static TheoryData<string, string> OverBothTransports(IEnumerable<string> cases)
    {
        var rows = new TheoryData<string, string>();
        foreach (var name in cases)
        {
            rows.Add(name, Plain);
            rows.Add(name, Tls);
        }

        return rows;
    }
}
