using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Ecert.Gateway.Storage;

/// <summary>
/// Stores a point in time as whole milliseconds since 1970 UTC: sorts and compares the same in every engine, which text
/// with offsets does not.
/// </summary>
internal sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
    time => time.ToUnixTimeMilliseconds(), stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));
