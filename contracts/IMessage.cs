namespace Platform.Contracts;

/// <summary>Marks a record that travels over the bus or a log. It carries nothing: messages stay plain data.</summary>
public interface IMessage;

/// <summary>A request to exactly one consumer: verb and noun.</summary>
public interface ICommand : IMessage;

/// <summary>Something that has happened, for any number of consumers: noun and past verb.</summary>
public interface IEvent : IMessage;
