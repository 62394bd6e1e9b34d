namespace Platform.Inference.Batching;

/// <summary>Whoever waits for a request's result.</summary>
internal interface IWaitingCaller
{
    /// <summary>True once nobody wants the result any more.</summary>
    bool HasLeft { get; }
}
