using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;

namespace Ecert.Tidy.Tests.Contract;

public sealed partial class ContractCallTests
{
    /// <summary>Reads that are a POST or a stream, and so need no request_id, each with its reason.</summary>
    private static readonly Dictionary<string, string> ReadsWithoutGet = new()
    {
        ["VerifyPresentation"] = "a presentation is too long and too personal for a URL",
        ["CheckEligibility"] = "a voucher has no place in a URL",
        ["BatchCheckEligibility"] = "a stream of questions and answers",
        ["QueryBill"] = "an account number has no place in a URL",
        ["ListPrescriptions"] = "a voucher has no place in a URL",
    };

    [Fact]
    public void Every_change_carries_a_request_id_and_no_read_does() => Rule.Holds(
        "A method that changes something carries request_id, one that only reads does not",
        "a lost answer must be safe to ask for again", CheckRequestIds(Descriptors.Files));

    [Fact]
    public void Every_read_on_the_list_is_in_the_contract() => Assert.Empty(
        ReadsWithoutGet.Keys.Except(Descriptors.Methods(Descriptors.Files).Select(method => method.Name)));

    [Fact]
    public void Every_call_has_a_path_over_HTTP() => Rule.Holds(
        "Every unary and server-streaming method has a path of its own under /v1, of fields it has",
        "callers without gRPC have no other door", CheckHttp(Descriptors.Files));

    [Fact]
    public void Lists_page_and_watches_resume() => Rule.Holds(
        "A page has its token, a stream from the server its resume_token", "a list may be long and a line may break",
        CheckContinuation(Descriptors.Files));

    [Fact]
    public void What_can_be_watched_can_be_read() => Rule.Holds(
        "Beside WatchX there is GetX", "a caller without streams must get by",
        CheckWatches(Descriptors.Files));

    [Fact]
    public void Planted_request_ids_are_caught()
    {
        Assert.Single(
            CheckRequestIds(Descriptors.Changed("bills", file => FieldsOf(file, "PayBillRequest").RemoveAt(0))));
        Assert.Single(CheckRequestIds(Descriptors.Changed(
            "bills", file => FieldsOf(file, "GetBillPaymentRequest")[0].Name = "request_id")));
        Assert.Single(
            CheckRequestIds(Descriptors.Changed("fares", file => FieldsOf(file, "UploadTapsHeader").RemoveAt(0))));
    }

    [Fact]
    public void Planted_HTTP_faults_are_caught()
    {
        Assert.Single(CheckHttp(Descriptors.Changed("bills", file => file.Service[0].Method[0].Options = null)));
        Assert.Single(
            CheckHttp(Descriptors.Changed("fares", GivePathToUploadTaps)),
            found => found.What.StartsWith("streams from the client"));
        Assert.NotEmpty(
            CheckHttp(Descriptors.Changed("bills", file => FieldsOf(file, "GetBillPaymentRequest")[0].Name = "id")));
    }

    [Fact]
    public void Planted_continuation_faults_are_caught()
    {
        Assert.Single(
            CheckContinuation(Descriptors.Changed("bills", file => FieldsOf(file, "ListBillersResponse").RemoveAt(1))));
        Assert.Single(CheckContinuation(Descriptors.Changed(
            "bills", file => FieldsOf(file, "WatchBillPaymentResponse").RemoveAt(0))));
    }

    [Fact]
    public void A_planted_watch_without_a_read_is_caught() => Assert.Single(CheckWatches(Descriptors.Changed(
        "bills",
        file => file.Service[0].Method.Remove(file.Service[0].Method.Single(one => one.Name == "GetBillPayment")))));

    private static void GivePathToUploadTaps(FileDescriptorProto file)
    {
        var methods = file.Service[0].Method;
        methods.Single(method => method.Name == "UploadTaps").Options =
            methods.Single(method => method.Name == "TapIn").Options;
    }

    private static Google.Protobuf.Collections.RepeatedField<FieldDescriptorProto> FieldsOf(
        FileDescriptorProto file, string name) =>
        file.MessageType.Single(type => type.Name == name).Field;

    private static IEnumerable<Finding> CheckRequestIds(IEnumerable<FileDescriptor> files) =>
        from method in Descriptors.Methods(files)
        let reads = method.Http()?.Verb == "GET" || ReadsWithoutGet.ContainsKey(method.Name)
        let carries = CarriesRequestId(method)
        where reads == carries
        select new Finding(
            method.FullName, reads ? "reads, and carries request_id" : "changes something without request_id");

    // A stream carries it once, in the header that comes first.
    private static bool CarriesRequestId(MethodDescriptor method)
    {
        var message = method.IsClientStreaming
            ? method.InputType.FindFieldByName("header")?.MessageType
            : method.InputType;
        return message?.FindFieldByName("request_id") is { FieldType: FieldType.String, FieldNumber: 1 };
    }

    private static IEnumerable<Finding> CheckHttp(IEnumerable<FileDescriptor> files)
    {
        var paths = new HashSet<(string, string)>();
        foreach (var method in Descriptors.Methods(files))
        {
            var http = method.Http();
            if (method.IsClientStreaming != http is null)
                yield return new Finding(
                    method.FullName, http is null ? "has no path" : "streams from the client and has a path");
            if (http is not { } rule)
                continue;
            if (!rule.Path.StartsWith("/v1/", StringComparison.Ordinal))
                yield return new Finding(method.FullName, $"{rule.Path} is not under /v1");
            if (!paths.Add((rule.Verb, Variable().Replace(rule.Path, "{}"))))
                yield return new Finding(method.FullName, $"{rule.Verb} {rule.Path} is another method's too");
            foreach (Match variable in Variable().Matches(rule.Path))
                if (method.InputType.FindFieldByName(variable.Groups[1].Value) is not { FieldType: FieldType.String })
                    yield return new Finding(method.FullName, $"has no string field for {variable.Value}");
        }
    }

    private static IEnumerable<Finding> CheckContinuation(IEnumerable<FileDescriptor> files)
    {
        foreach (var method in Descriptors.Methods(files))
        {
            var pages = method.InputType.FindFieldByName("page_size") is not null;
            var complete = method.InputType.FindFieldByName("page_token") is not null
                && method.OutputType.FindFieldByName("next_page_token") is not null;
            if (pages && !complete)
                yield return new Finding(method.FullName, "pages without tokens");
            var resumes = method.InputType.FindFieldByName("resume_token") is not null
                && method.OutputType.FindFieldByName("resume_token") is not null;
            if (method is { IsServerStreaming: true, IsClientStreaming: false } && !resumes)
                yield return new Finding(method.FullName, "streams without resume_token");
        }
    }

    // Streams of events that are no thing one could read.
    private static readonly string[] Feeds = ["WatchRevocations", "WatchGateUpdates"];

    private static IEnumerable<Finding> CheckWatches(IEnumerable<FileDescriptor> files)
    {
        var names = Descriptors.Methods(files).Select(method => method.Name).ToHashSet();
        return names.Where(name => name.StartsWith("Watch", StringComparison.Ordinal) && !Feeds.Contains(name))
            .Where(name => !names.Contains("Get" + name["Watch".Length..]))
            .Select(name => new Finding(name, "has no Get beside it"));
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Variable();
}
