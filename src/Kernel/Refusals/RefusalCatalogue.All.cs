using System.Reflection;

namespace Ecert.Kernel.Refusals;

public static partial class RefusalCatalogue
{
    // Read once and late: the order in which the parts of this class are initialised is not given.
    private static readonly Lazy<IReadOnlyList<RefusalReason>> LazyAll = new(() =>
    [
        .. typeof(RefusalCatalogue)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.GetValue(null))
            .OfType<RefusalReason>()
            .OrderBy(reason => reason.Code, StringComparer.Ordinal),
    ]);

    /// <summary>Every entry, ordered by code.</summary>
    public static IReadOnlyList<RefusalReason> All => LazyAll.Value;
}
