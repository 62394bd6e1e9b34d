using Microsoft.Extensions.Options;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Errors;
using Platform.Onnx.Children;
using Platform.Registry.Sessions;

namespace Platform.Registry.Uploads;

/// <summary>Finds out what an uploaded file is, without opening it here (<see cref="FileInspection"/>).</summary>
internal sealed class ModelFileReader(VettingProcesses processes, IOptions<UploadOptions> options, ILogger<ModelFileReader> logger)
{
    public async Task<Result<ModelFacts>> ReadAsync(IStagedArtifact file, CancellationToken cancellationToken)
    {
        try
        {
            return await processes.UseAsync<FileInspection, ModelFacts>(processes.BoundOfLoading(file.SizeBytes), talk =>
            {
                talk.Say(new InspectionRequest(file.Path, options.Value.MaxModelBytes));
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
