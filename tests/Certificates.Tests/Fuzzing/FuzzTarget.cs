namespace Ecert.Certificates.Tests.Fuzzing;

/// <summary>One decoder under mutated input.</summary>
/// <param name="Name">Its name in failures.</param>
/// <param name="Seed">What is valid, and is mutated.</param>
/// <param name="Bound">Bytes a call may allocate.</param>
/// <param name="MayStand">Can a mutated input be accepted, because it is signed anew or not signed at all?</param>
/// <param name="Prepare">
/// Makes of mutated bytes what is measured; that tells whether it was accepted, and throws nothing.
/// </param>
internal sealed record FuzzTarget(
    string Name, byte[] Seed, long Bound, bool MayStand, Func<byte[], ValueTask<Func<bool>>> Prepare);
