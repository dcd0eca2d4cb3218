using Google.Protobuf.Reflection;

namespace Ecert.Tidy.Tests.Contract;

/// <summary>
/// protos/contract.lock holds one line for everything a caller may rely on. It only grows: what stands in it must
/// stand in
/// the contract, with the same number, name and type.
/// </summary>
public sealed class ContractLockTests
{
    private const string LockPath = "protos/contract.lock";

    private const string Because =
        "a number that changes its meaning breaks callers that were compiled before, silently";

    [Fact]
    public void Nothing_locked_has_gone() => Rule.Holds(
        "Every line of contract.lock stands in the contract", Because, Gone(ReadLock(), Current(Descriptors.Files)));

    [Fact]
    public void Everything_is_locked()
    {
        var current = Current(Descriptors.Files).ToArray();
        if (Environment.GetEnvironmentVariable("ECERT_WRITE_LOCK") == "1")
            File.WriteAllLines(
                Path.Combine(Repository.Root, LockPath), ReadLock().Union(current).Order(StringComparer.Ordinal));

        Assert.True(
            !current.Except(ReadLock()).Any(),
            "contract.lock misses new parts of the contract: run ECERT_WRITE_LOCK=1 dotnet test tests/Tidy.Tests\n  "
            + string.Join("\n  ", current.Except(ReadLock())));
    }

    [Fact]
    public void The_lock_covers_the_whole_contract() =>
        Assert.True(ReadLock().Length > 900, "contract.lock is too short to be whole");

    [Fact]
    public void A_removed_field_is_caught() => CatchesOne(file => Biller(file).Field.RemoveAt(6));

    [Fact]
    public void A_renumbered_field_is_caught() => CatchesOne(file => Biller(file).Field[0].Number = 99);

    [Fact]
    public void A_renamed_field_is_caught() => CatchesOne(file => Biller(file).Field[0].Name = "code");

    [Fact]
    public void A_retyped_field_is_caught() =>
        CatchesOne(file => Biller(file).Field[0].Type = FieldDescriptorProto.Types.Type.Bytes);

    [Fact]
    public void A_field_that_becomes_a_list_is_caught() =>
        CatchesOne(file => Biller(file).Field[0].Label = FieldDescriptorProto.Types.Label.Repeated);

    [Fact]
    public void A_renumbered_enum_value_is_caught() => CatchesOne(file => file.EnumType[0].Value[1].Number = 99);

    [Fact]
    public void A_removed_method_is_caught() => CatchesOne(file => file.Service[0].Method.RemoveAt(0));

    [Fact]
    public void A_stream_that_ends_is_caught() => CatchesOne(
        file => file.Service[0].Method.Single(method => method.ServerStreaming).ServerStreaming = false);

    [Fact]
    public void An_added_field_is_no_breach()
    {
        var changed = Descriptors.Changed("bills", file => Biller(file).Field.Add(new FieldDescriptorProto
        {
            Name = "telephone", Number = 8, Type = FieldDescriptorProto.Types.Type.String,
            Label = FieldDescriptorProto.Types.Label.Optional,
        }));

        Assert.Empty(Gone(BillsLines(), Current(changed)));
    }

    private static DescriptorProto Biller(FileDescriptorProto file) =>
        file.MessageType.Single(type => type.Name == "Biller");

    private static void CatchesOne(Action<FileDescriptorProto> change) =>
        Assert.Single(Gone(BillsLines(), Current(Descriptors.Changed("bills", change))));

    private static string[] BillsLines() =>
        [.. Current(Descriptors.Files.Where(file => file.Name == "ecert/v1/bills.proto"))];

    private static string[] ReadLock() =>
        File.Exists(Path.Combine(Repository.Root, LockPath))
            ? File.ReadAllLines(Path.Combine(Repository.Root, LockPath)) : [];

    private static IEnumerable<Finding> Gone(IEnumerable<string> locked, IEnumerable<string> current) =>
        locked.Except(current).Select(line => new Finding(LockPath, $"the contract no longer has: {line}"));

    private static IEnumerable<string> Current(IEnumerable<FileDescriptor> files)
    {
        var all = files.ToArray();
        return Descriptors.Messages(all).SelectMany(message => message.Fields.InDeclarationOrder()
                .Select(field => $"message {message.FullName} {field.FieldNumber} {field.Name}: {TypeOf(field)}"))
            .Concat(Descriptors.Enums(all).SelectMany(type => type.Values
                .Select(value => $"enum {type.FullName} {value.Number} {value.Name}")))
            .Concat(Descriptors.Methods(all).Select(Signature))
            .Order(StringComparer.Ordinal);
    }

    private static string TypeOf(FieldDescriptor field)
    {
        if (field.IsMap)
        {
            var (key, value) = (field.MessageType.FindFieldByNumber(1), field.MessageType.FindFieldByNumber(2));
            return $"map<{TypeOf(key)}, {TypeOf(value)}>";
        }
        var name = field.FieldType switch
        {
            FieldType.Message => field.MessageType.FullName,
            FieldType.Enum => field.EnumType.FullName,
            _ => field.FieldType.ToString().ToLowerInvariant(),
        };
        return field.IsRepeated ? $"repeated {name}" : name;
    }

    private static string Signature(MethodDescriptor method)
    {
        var takes = method.IsClientStreaming ? "stream " : "";
        var gives = method.IsServerStreaming ? "stream " : "";
        var http = method.Http() is { } rule ? $" {rule.Verb} {rule.Path}" : "";
        return $"rpc {method.FullName}({takes}{method.InputType.FullName})"
            + $" returns ({gives}{method.OutputType.FullName}){http}";
    }
}
