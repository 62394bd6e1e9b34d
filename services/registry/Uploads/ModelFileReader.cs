using Microsoft.Extensions.Options;
using Platform.Hosting.Errors;
using Platform.Onnx.Children;
using Platform.Registry.Sessions;

namespace Platform.Registry.Uploads;

/// <summary>Finds out what an uploaded file is, without opening it here (<see cref="FileInspection"/>).</summary>
internal sealed class ModelFileReader(VettingProcesses processes, IOptions<UploadOptions> options, ILogger<ModelFileReader> logger)
{
    public Task<Result<ModelFacts>> ReadAsync(string path, long sizeBytes, CancellationToken cancellationToken) =>
        ReadAsync(new InspectionRequest(path, options.Value.MaxModelBytes), sizeBytes, cancellationToken);

    /// <summary>Finds out what the document of a pipeline is, whose parts have so many bytes.</summary>
    public Task<Result<ModelFacts>> ReadPipelineAsync(string path, long sizeBytes, CancellationToken cancellationToken) =>
        ReadAsync(new InspectionRequest(path, options.Value.MaxModelBytes, IsPipeline: true), sizeBytes, cancellationToken);

    private async Task<Result<ModelFacts>> ReadAsync(InspectionRequest request, long sizeBytes, CancellationToken cancellationToken)
    {
        try
        {
            return await processes.UseAsync<FileInspection, ModelFacts>(sizeBytes, processes.BoundOfLoading(sizeBytes), talk =>
            {
                talk.Say(request);
                return talk.Hear<ModelFacts>();
            }, cancellationToken);
        }
        catch (SessionsBusyException)
        {
            return SessionsBusyException.Refusal;
        }
        catch (ChildStartException exception)
        {
            logger.VettingUnavailable(exception);
            return VettingErrors.Unavailable;
        }
        catch (RefusedException exception)
        {
            return UploadErrors.ModelInvalid(exception.Message);
        }
        catch (VettingEndedException exception)
        {
            return UploadErrors.ModelInvalid($"The file cannot be loaded: {exception.Message}");
        }
    }
}
