using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;

namespace Grpc.Reflection;

/// <summary>Answers reflection questions from the services' descriptors.</summary>
internal sealed class ReflectionAnswers(IEnumerable<string> services, SymbolRegistry symbols)
{
    private readonly string[] _services = [.. services.Order(StringComparer.Ordinal)];

    public ServerReflectionResponse To(ServerReflectionRequest request)
    {
        var response = request.MessageRequestCase switch
        {
            ServerReflectionRequest.MessageRequestOneofCase.FileByFilename =>
                File(symbols.FileByName(request.FileByFilename)),
            ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol =>
                File(symbols.FileContainingSymbol(request.FileContainingSymbol)),
            ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension =>
                File(symbols.FileContainingExtension(
                    request.FileContainingExtension.ContainingType,
                    request.FileContainingExtension.ExtensionNumber)),
            ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType =>
                Numbers(request.AllExtensionNumbersOfType),
            ServerReflectionRequest.MessageRequestOneofCase.ListServices => Services(),
            _ => Error(StatusCode.InvalidArgument, "Nothing was asked."),
        };
        response.ValidHost = request.Host;
        response.OriginalRequest = request;
        return response;
    }

    private static ServerReflectionResponse File(FileDescriptor? file)
    {
        if (file is null)
            return Error(StatusCode.NotFound, "There is no such file, symbol or extension.");
        var answer = new FileDescriptorResponse();
        AddWithImports(file, answer, new HashSet<string>(StringComparer.Ordinal));
        return new ServerReflectionResponse { FileDescriptorResponse = answer };
    }

    private static void AddWithImports(FileDescriptor file, FileDescriptorResponse answer, HashSet<string> added)
    {
        if (!added.Add(file.Name))
            return;
        answer.FileDescriptorProto.Add(file.SerializedData);
        foreach (var dependency in file.Dependencies)
            AddWithImports(dependency, answer, added);
    }

    private static ServerReflectionResponse Error(StatusCode code, string message) => new()
    {
        ErrorResponse = new ErrorResponse { ErrorCode = (int)code, ErrorMessage = message },
    };

    private ServerReflectionResponse Numbers(string type)
    {
        if (symbols.ExtensionNumbers(type) is not { } numbers)
            return Error(StatusCode.NotFound, "There is no such message type.");
        var answer = new ExtensionNumberResponse { BaseTypeName = type };
        answer.ExtensionNumber.AddRange(numbers);
        return new ServerReflectionResponse { AllExtensionNumbersResponse = answer };
    }

    private ServerReflectionResponse Services()
    {
        var answer = new ListServiceResponse();
        answer.Service.AddRange(_services.Select(name => new ServiceResponse { Name = name }));
        return new ServerReflectionResponse { ListServicesResponse = answer };
    }
}
