using Platform.Explainer.Models;
using Platform.Hosting.Errors;
using Platform.Onnx.Sessions;

namespace Platform.Explainer.Computing;

/// <summary>Turns what a model, its file, the clock or an absent registry can do to a computation into refusals.</summary>
internal static class ModelGuard
{
    /// <param name="compute">What is to be guarded.</param>
    /// <param name="tooLong">What is said where it was stopped by its own deadline.</param>
    /// <param name="cancellationToken">The caller's own cancellation, which is thrown.</param>
    public static async Task<Result<T>> RunAsync<T>(Func<Task<Result<T>>> compute, Error tooLong, CancellationToken cancellationToken)
    {
        try
        {
            return await compute();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return tooLong;
        }
        catch (ModelLoadException exception)
        {
            return ModelErrors.NotLoadable(exception.Message);
        }
        catch (ModelRunException exception)
        {
            return ModelErrors.RunFailed(exception.Message);
        }
        catch (ModelWorkerException exception)
        {
            return exception.RetryAfter is null ? ModelErrors.WorkerDied(exception.Message) : ModelErrors.WorkerAway(exception.Message);
        }
        catch (OutputShapeException exception)
        {
            return ModelErrors.OutputShape(exception.Message);
        }
        catch (HttpRequestException)
        {
            return ModelErrors.RegistryAway();
        }
    }
}
