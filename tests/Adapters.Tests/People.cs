using Ecert.Kernel.Citizens;

namespace Ecert.Adapters.Tests;

/// <summary>The specimen person of GB 11643.</summary>
internal static class People
{
    public const string Name = "李𠮷明";
    public const string Number = "11010519491231002X";

    public static IdentityDocument Document { get; } =
        IdentityDocument.TryParse(IdentityDocumentKind.ResidentId, Number, out var document)
            ? document
            : throw new InvalidOperationException("The specimen number is refused.");
}
