using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;

namespace Ecert.Tidy.Tests.Contract;

public sealed partial class ContractShapeTests
{
    [Fact]
    public void Every_enum_begins_unspecified_and_prefixes_its_values() => Rule.Holds(
        "An enum's zero is its _UNSPECIFIED and its values begin with its name",
        "a value that was not sent must not mean anything", CheckEnums(Descriptors.Files));

    [Fact]
    public void Field_numbers_are_dense() => Rule.Holds(
        "A message numbers its fields from 1 in the order they stand", "a gap is a field somebody took away",
        CheckNumbers(Descriptors.Files));

    [Fact]
    public void Types_follow_names() => Rule.Holds(
        "Money is int64 _fen, a moment is a Timestamp _time, a day is a string _date, and nothing is a binary fraction",
        "a reader must know a unit from a name", CheckTypes(Descriptors.Files));

    [Fact]
    public void Every_method_has_messages_of_its_own() => Rule.Holds(
        "A method Verb takes VerbRequest and gives VerbResponse, and nobody else does",
        "each must be able to grow alone",
        CheckMessages(Descriptors.Files));

    [Fact]
    public void Only_the_shared_file_is_imported() => Rule.Holds(
        "A file of the contract imports common.proto, google.api and timestamps at most",
        "a change to one service must not reach another by surprise", CheckImports(Descriptors.Files));

    [Fact]
    public void Verbs_are_unique() => Assert.Empty(Descriptors.Methods(Descriptors.Files)
        .GroupBy(method => method.Name).Where(group => group.Count() > 1).Select(group => group.Key));

    [Fact]
    public void Planted_enum_faults_are_caught()
    {
        Assert.Single(
            CheckEnums(Descriptors.Changed("bills", file => file.EnumType[0].Value[0].Name = "BILL_KIND_NONE")));
        Assert.Single(CheckEnums(Descriptors.Changed("bills", file => file.EnumType[0].Value[1].Name = "POWER")));
    }

    [Fact]
    public void A_planted_gap_is_caught() => Assert.Single(CheckNumbers(
        Descriptors.Changed(
            "bills", file => file.MessageType.Single(type => type.Name == "Biller").Field.RemoveAt(2))));

    [Theory]
    [InlineData("amount_fen", FieldDescriptorProto.Types.Type.Int32)]
    [InlineData("amount", FieldDescriptorProto.Types.Type.Double)]
    [InlineData("pay_time", FieldDescriptorProto.Types.Type.String)]
    [InlineData("pay_date", FieldDescriptorProto.Types.Type.Int64)]
    public void A_planted_type_is_caught(string name, FieldDescriptorProto.Types.Type type)
    {
        var changed = Descriptors.Changed("bills", file => file.MessageType[0].Field.Add(
            new FieldDescriptorProto
            {
                Name = name, Type = type, Number = 99, Label = FieldDescriptorProto.Types.Label.Optional,
            }));

        Assert.Single(CheckTypes(changed));
    }

    [Fact]
    public void Shared_messages_are_caught() => Assert.NotEmpty(CheckMessages(Descriptors.Changed(
        "bills", file => file.Service[0].Method[0].InputType = ".ecert.v1.QueryBillRequest")));

    [Fact]
    public void A_foreign_import_is_caught()
    {
        // A file that does import something else: the annotations' own, which needs http.proto and descriptor.proto.
        var annotations = Descriptors.Files[0].Dependencies.Single(file => file.Name == "google/api/annotations.proto");

        Assert.Equal(2, CheckImports([annotations]).Count());
    }

    private static IEnumerable<Finding> CheckEnums(IEnumerable<FileDescriptor> files)
    {
        foreach (var type in Descriptors.Enums(files))
        {
            var prefix = Words().Replace(type.Name, "_$0").ToUpperInvariant() + "_";
            if (type.FindValueByNumber(0)?.Name != prefix + "UNSPECIFIED")
                yield return new Finding(type.FullName, $"has no {prefix}UNSPECIFIED = 0");
            foreach (var value in type.Values.Where(value => value.Number != 0 && !value.Name.StartsWith(prefix)))
                yield return new Finding(type.FullName, $"{value.Name} does not begin with {prefix}");
        }
    }

    private static IEnumerable<Finding> CheckNumbers(IEnumerable<FileDescriptor> files) =>
        from message in Descriptors.Messages(files)
        let numbers = message.Fields.InDeclarationOrder().Select(field => field.FieldNumber).ToArray()
        where !numbers.SequenceEqual(Enumerable.Range(1, numbers.Length))
        select new Finding(message.FullName, $"numbers its fields {string.Join(", ", numbers)}");

    private static IEnumerable<Finding> CheckTypes(IEnumerable<FileDescriptor> files) =>
        from message in Descriptors.Messages(files)
        from field in message.Fields.InDeclarationOrder()
        where !IsNamedByType(field)
        select new Finding(field.FullName, $"is {field.FieldType}");

    private static bool IsNamedByType(FieldDescriptor field)
    {
        var isMoment = field is { FieldType: FieldType.Message, MessageType.FullName: "google.protobuf.Timestamp" };
        return field.Name switch
        {
            _ when field.FieldType is FieldType.Double or FieldType.Float => false,
            // The name verifiers know it by (docs/decisions/011).
            "valid_as_of" => isMoment,
            // What is used of this year's benefits: "to date" is no day.
            "year_to_date" => !isMoment,
            _ when field.Name.EndsWith("_fen", StringComparison.Ordinal) => field.FieldType == FieldType.Int64,
            _ when field.Name.EndsWith("_date", StringComparison.Ordinal) => field.FieldType == FieldType.String,
            _ => isMoment == field.Name.EndsWith("_time", StringComparison.Ordinal),
        };
    }

    private static IEnumerable<Finding> CheckMessages(IEnumerable<FileDescriptor> files)
    {
        foreach (var method in Descriptors.Methods(files))
        {
            if (method.InputType.FullName != $"ecert.v1.{method.Name}Request")
                yield return new Finding(method.FullName, $"takes {method.InputType.FullName}");
            if (method.OutputType.FullName != $"ecert.v1.{method.Name}Response")
                yield return new Finding(method.FullName, $"gives {method.OutputType.FullName}");
        }
    }

    private static IEnumerable<Finding> CheckImports(IEnumerable<FileDescriptor> files) =>
        from file in files
        from needed in file.Dependencies
        where needed.Name is not (
            "ecert/v1/common.proto" or "google/api/annotations.proto" or "google/protobuf/timestamp.proto")
        select new Finding(file.Name, $"imports {needed.Name}");

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Words();
}
