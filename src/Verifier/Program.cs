using Ecert.Verifier;

return VerifyCommand.Run(args, Console.In, Console.Out, Console.Error, TimeProvider.System);
