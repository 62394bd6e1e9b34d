using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Hosting.Errors;
using Platform.Onnx.Inspection;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;
using Platform.Registry.Sessions;

namespace Platform.Registry.Uploads;

/// <summary>Finds out what an uploaded file is: parsed first, since it is untrusted, and only then loaded by the runtime.</summary>
internal sealed class ModelFileReader(ModelSessions sessions, IOptions<UploadOptions> options)
{
    public async Task<Result<ModelFacts>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var limits = new InspectionLimits { MaxBytes = options.Value.MaxModelBytes };
        var inspection = await Task.Run(() => ModelInspector.Inspect(path, limits), cancellationToken);
        if (inspection.Problem is { } problem) return UploadErrors.ModelInvalid(problem);
        if (inspection.ExternalData is [var other, ..])
            return UploadErrors.ModelInvalid($"The file keeps weights in another file ({other}); save it with its data inside.");
        return await LoadAsync(path, inspection, cancellationToken);
    }

    private async Task<Result<ModelFacts>> LoadAsync(string path, ModelInspection inspection, CancellationToken cancellationToken)
    {
        try
        {
            var signature = await sessions.UseAsync(path, (session, _) => Describe(session), cancellationToken);
            return new ModelFacts(signature, inspection.Opset, inspection.Producer);
        }
        catch (SessionsBusyException)
        {
            return SessionsBusyException.Refusal;
        }
        catch (Exception exception) when (exception is ModelLoadException or TimeoutException)
        {
            return UploadErrors.ModelInvalid($"The file cannot be loaded: {exception.Message}");
        }
    }

    private static Contracts.Registry.ModelSignature Describe(ModelSession session) => new()
    {
        Inputs = [.. session.Signature.Inputs.Select(Describe)],
        OptionalInputs = session.Signature.OptionalInputs.Count == 0 ? null : [.. session.Signature.OptionalInputs.Select(Describe)],
        Outputs = [.. session.Signature.Outputs.Select(Describe)],
    };

    private static TensorSignature Describe(TensorSpec tensor) =>
        new() { Name = tensor.Name, Datatype = tensor.Datatype.Name(), Shape = tensor.Shape };
}
