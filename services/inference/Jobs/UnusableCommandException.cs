namespace Platform.Inference.Jobs;

/// <summary>A command that no job can be made of, so that nobody can be answered; it is dead-lettered at once.</summary>
internal sealed class UnusableCommandException(string message) : Exception(message);
