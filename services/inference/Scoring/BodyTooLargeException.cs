namespace Platform.Inference.Scoring;

/// <summary>The request's body goes on beyond what a file and what is around it may take.</summary>
internal sealed class BodyTooLargeException() : Exception("The body is too large.");
