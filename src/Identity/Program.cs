// The adapters to the real-name authority and the insured-person base belong to whoever hosts the server.
await Console.Error.WriteLineAsync(
    "The identity server is hosted by another program, which passes its counterparts to IdentityHost.Create; "
    + "src/Standalone is one. See README.md.");
return 2;
