namespace Platform.Hosting.Messaging;

/// <summary>A command that no work can be made of, so that nobody can be answered; it is dead-lettered at once.</summary>
public sealed class UnusableCommandException(string message) : Exception(message);
