// The drawing is shown once there is a script that draws it.
document.querySelector(".pw-network").hidden = false;
