namespace Platform.Explainer.Jobs;

/// <summary>A command that names no explanation or no model, so that nobody can be answered; it is dead-lettered at once.</summary>
internal sealed class UnusableCommandException(string message) : Exception(message);
