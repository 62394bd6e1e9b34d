using Platform.Hosting.Errors;

namespace Platform.Inference.Scoring;

/// <summary>A job can only fail.</summary>
internal sealed class ScoringFailedException(Error error) : Exception(error.Detail)
{
    public Error Error => error;
}
