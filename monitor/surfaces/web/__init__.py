"""The pages: server-rendered, readable without JavaScript, nothing from elsewhere."""
